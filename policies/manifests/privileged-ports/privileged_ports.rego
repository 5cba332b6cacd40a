# METADATA
# title: No port below 1024
# description: >-
#   No containerPort is below 1024, of whatever protocol.
# custom:
#   id: privileged-ports
#   profile: production
#   severity: low
#   scope: object
#   why: >-
#     To listen there a process needs root or NET_BIND_SERVICE, which it needs for nothing else.
#   fix: >-
#     Listen on a port from 1024 on; the Service may still have port 80 or 443.
#   reference: https://kubernetes.io/docs/concepts/services-networking/service/#field-spec-ports
package hallmark.manifests.privileged_ports

import data.hallmark.lib.workload

applies := workload.ids

violations contains workload.finding(container, ["ports", index, "containerPort"], "listens on a port below 1024") if {
	some container in workload.containers
	some index, port in container.spec.ports
	not _is_unprivileged(port)
}

_is_unprivileged(port) if port.containerPort >= 1024
