# METADATA
# title: Nothing but NET_BIND_SERVICE is added
# description: >-
#   Every container, init and ephemeral ones too, adds no capability but NET_BIND_SERVICE, in this spelling.
# custom:
#   id: capabilities-added-restricted
#   profile: restricted
#   severity: high
#   scope: object
#   why: >-
#     The restricted level of Pod Security leaves a container the one capability that web servers need.
#   fix: >-
#     Remove the capability from securityContext.capabilities.add.
#   reference: https://kubernetes.io/docs/concepts/security/pod-security-standards/
package hallmark.manifests.capabilities_added_restricted

import data.hallmark.lib.workload

applies := workload.ids

violations contains workload.finding(container, ["securityContext", "capabilities", "add", index], sprintf("adds the capability %s", [capability])) if {
	some container in workload.containers
	some index, capability in container.security.capabilities.add
	capability != "NET_BIND_SERVICE"
}
