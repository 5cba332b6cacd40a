# METADATA
# title: No port of the node is taken
# description: >-
#   hostPort of every port of every container is 0 or left out. The ports that a pod has by hostNetwork are
#   judged by host-network.
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

violations contains workload.finding(container, ["ports", index, "hostPort"], sprintf("takes port %v of its node", [port.hostPort])) if {
	some container in workload.containers
	some index, port in container.spec.ports
	port.hostPort != 0
}
