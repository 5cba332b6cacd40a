# METADATA
# title: Every port has a name
# description: >-
#   Every port of every container and init container has a name.
# custom:
#   id: port-names
#   profile: production
#   severity: low
#   scope: object
#   why: >-
#     A Service and a probe that refer to a port by its name go on working when the number changes; a number
#     without a name says nothing to whoever reads it.
#   fix: >-
#     Set name on the port, such as http or metrics.
#   reference: https://kubernetes.io/docs/concepts/services-networking/service/#field-spec-ports
package hallmark.manifests.port_names

import data.hallmark.lib.workload

applies := workload.ids

violations contains workload.finding(container, ["ports", index], "has a port without a name") if {
	some container in workload.containers
	some index, port in container.spec.ports
	object.get(port, "name", "") == ""
}
