# METADATA
# title: Nothing is bound to a role that enters pods
# description: >-
#   No RoleBinding or ClusterRoleBinding names a role that grants create or get on pods/exec or pods/attach. A
#   role is one of the set, with what it aggregates from others of the set, or a ClusterRole for users that
#   every cluster has (cluster-admin, admin, edit, view). The binding of any other role is not judged, because
#   its rules are not known. Rights are read as by the rules about roles.
# custom:
#   id: rbac-pods-exec-bound
#   profile: production
#   severity: high
#   scope: namespace
#   why: >-
#     A role that runs commands in pods is harmless until somebody has it: here is who.
#   fix: >-
#     Bind to a role without that right.
#   reference: https://kubernetes.io/docs/concepts/security/rbac-good-practices/
package hallmark.manifests.rbac_pods_exec_bound

import data.hallmark.lib.objects
import data.hallmark.lib.rbac

applies := {binding.id | some binding in rbac.known_bindings}

violations contains objects.violation(binding.id, ["roleRef"], sprintf("binds to %s, which runs commands in pods", [binding.role])) if {
	some binding in rbac.known_bindings
	some rule in binding.rules
	rbac.grants(rule, rbac.enters_pods)
}
