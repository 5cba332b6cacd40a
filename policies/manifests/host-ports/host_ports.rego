# METADATA
# title: No port of the node is taken
# description: >-
#   No port of the node is taken.
# custom:
#   id: host-ports
#   profile: baseline
#   severity: medium
#   scope: object
#   why: >-
#     A hostPort goes around Services and NetworkPolicies, and only one pod a node can have it.
#   fix: >-
#     Remove hostPort and reach the pod by a Service.
#   reference: https://kubernetes.io/docs/concepts/security/pod-security-standards/
package hallmark.manifests.host_ports

import data.hallmark.lib.workload

applies := workload.ids

violations contains workload.finding(container, ["ports", index, "hostPort"], sprintf("takes port %d of its node", [port.hostPort])) if {
	some container in workload.containers
	some index, port in container.spec.ports
	port.hostPort != 0
}
