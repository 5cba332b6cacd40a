# METADATA
# title: Added capabilities come from the baseline list
# description: >-
#   Every container, init and ephemeral ones too, adds only capabilities of the baseline list of Pod Security,
#   in its exact spelling: CAP_CHOWN and chown are refused, and so is ALL.
# custom:
#   id: capabilities-added
#   profile: baseline
#   severity: high
#   scope: object
#   why: >-
#     Anything beyond the container runtime's own default set reaches into the node.
#   fix: >-
#     Remove the capability from securityContext.capabilities.add.
#   reference: https://kubernetes.io/docs/concepts/security/pod-security-standards/
package hallmark.manifests.capabilities_added

import data.hallmark.lib.workload

applies := workload.ids

violations contains workload.finding(container, ["securityContext", "capabilities", "add", index], sprintf("adds the capability %s", [capability])) if {
	some container in workload.containers
	some index, capability in container.security.capabilities.add
	not capability in _allowed
}

_allowed := {"AUDIT_WRITE", "CHOWN", "DAC_OVERRIDE", "FOWNER", "FSETID", "KILL", "MKNOD", "NET_BIND_SERVICE", "SETFCAP", "SETGID", "SETPCAP", "SETUID", "SYS_CHROOT"}
