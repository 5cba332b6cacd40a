# METADATA
# title: Every container gives up NET_RAW
# description: >-
#   Every container, init and ephemeral ones too, drops NET_RAW or ALL, in this spelling, and adds neither of
#   them back: in whatever case and with or without CAP_ before it, since runtimes take those for the same.
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
	some dropped in container.security.capabilities.drop
	dropped in _holding
	not _adds_them_back(container)
}

_adds_them_back(container) if {
	some added in container.security.capabilities.add
	trim_prefix(upper(added), "CAP_") in _holding
}

_holding := {"ALL", "NET_RAW"}
