# METADATA
# title: No container adds SYS_ADMIN
# description: >-
#   No container, init and ephemeral ones too, adds SYS_ADMIN, or ALL, which holds it; in whatever case and
#   with or without CAP_ before it, since runtimes take those for the same.
# custom:
#   id: capability-sys-admin
#   profile: baseline
#   severity: critical
#   scope: object
#   why: >-
#     SYS_ADMIN mounts file systems and enters namespaces: it is root on the node by another name.
#   fix: >-
#     Remove SYS_ADMIN from securityContext.capabilities.add.
#   reference: https://kubernetes.io/docs/concepts/security/pod-security-standards/
package hallmark.manifests.capability_sys_admin

import data.hallmark.lib.workload

applies := workload.ids

violations contains workload.finding(container, ["securityContext", "capabilities", "add", index], sprintf("adds the capability %s", [capability])) if {
	some container in workload.containers
	some index, capability in container.security.capabilities.add
	trim_prefix(upper(capability), "CAP_") in {"ALL", "SYS_ADMIN"}
}
