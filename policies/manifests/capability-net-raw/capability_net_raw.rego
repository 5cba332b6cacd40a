# METADATA
# title: Every container gives up NET_RAW
# description: >-
#   Every container gives up NET_RAW.
# custom:
#   id: capability-net-raw
#   profile: production
#   severity: medium
#   scope: object
#   why: >-
#     Raw sockets let a container spoof addresses on the pod network.
#   fix: >-
#     Drop ALL or NET_RAW, and do not add NET_RAW.
#   reference: https://kubernetes.io/docs/concepts/security/pod-security-standards/
package hallmark.manifests.capability_net_raw

import data.hallmark.lib.workload

applies := workload.ids

violations contains workload.finding(container, ["securityContext", "capabilities"], "keeps NET_RAW") if {
	some container in workload.containers
	not _gives_up_raw_sockets(container)
}

_gives_up_raw_sockets(container) if {
	capabilities := object.get(container.security, "capabilities", {})
	count({"ALL", "NET_RAW"} & {one | some one in object.get(capabilities, "drop", [])}) > 0
	count({"ALL", "NET_RAW"} & {one | some one in object.get(capabilities, "add", [])}) == 0
}
