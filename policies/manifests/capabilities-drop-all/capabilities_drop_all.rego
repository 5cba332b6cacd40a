# METADATA
# title: Every container drops all capabilities
# description: >-
#   Every container, init and ephemeral ones too, drops ALL, spelt so: CAP_NET_RAW or a list of names is not
#   ALL, and lower case is refused as Pod Security refuses it. Windows pods are exempt.
# custom:
#   id: capabilities-drop-all
#   profile: restricted
#   severity: high
#   scope: object
#   why: >-
#     The default set lets a container forge packets, change owners and bind low ports, which hardly any
#     service needs.
#   fix: >-
#     Set securityContext.capabilities.drop: [ALL], and add back what is needed by name.
#   reference: https://kubernetes.io/docs/concepts/security/pod-security-standards/
package hallmark.manifests.capabilities_drop_all

import data.hallmark.lib.workload

applies := workload.linux_ids

violations contains workload.finding(container, ["securityContext", "capabilities"], "does not drop ALL") if {
	some container in workload.linux_containers
	not _drops_all(container)
}

_drops_all(container) if "ALL" in container.security.capabilities.drop
