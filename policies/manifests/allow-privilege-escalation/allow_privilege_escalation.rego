# METADATA
# title: No container may gain privileges
# description: >-
#   Every container, init and ephemeral ones too, sets allowPrivilegeEscalation: false; left out it is
#   refused, since Kubernetes then allows it. Windows pods are exempt.
# custom:
#   id: allow-privilege-escalation
#   profile: restricted
#   severity: high
#   scope: object
#   why: >-
#     With it unset, a setuid program inside the container can still become root.
#   fix: >-
#     Set securityContext.allowPrivilegeEscalation: false on every container.
#   reference: https://kubernetes.io/docs/concepts/security/pod-security-standards/
package hallmark.manifests.allow_privilege_escalation

import data.hallmark.lib.workload

applies := workload.linux_ids

violations contains workload.finding(container, ["securityContext", "allowPrivilegeEscalation"], "does not set allowPrivilegeEscalation: false") if {
	some container in workload.linux_containers
	not _cannot_escalate(container)
}

_cannot_escalate(container) if container.security.allowPrivilegeEscalation == false
