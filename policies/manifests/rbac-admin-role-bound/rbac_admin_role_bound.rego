# METADATA
# title: Nothing is bound to a role with all rights
# description: >-
#   No RoleBinding or ClusterRoleBinding names a role with a rule of all verbs on all resources, in all API
#   groups or in the core group, where Secrets, pods and service accounts are. A role is one of the set, with
#   what it aggregates from others of the set, or a ClusterRole for users that every cluster has (cluster-
#   admin, admin, edit, view). The binding of any other role is not judged, because its rules are not known.
#   Rights are read as by the rules about roles.
# custom:
#   id: rbac-admin-role-bound
#   profile: baseline
#   severity: critical
#   scope: namespace
#   why: >-
#     Such a role is cluster-admin by another name.
#   fix: >-
#     Bind to a role with the rights that are needed.
#   reference: https://kubernetes.io/docs/concepts/security/rbac-good-practices/
package hallmark.manifests.rbac_admin_role_bound

import data.hallmark.lib.objects
import data.hallmark.lib.rbac

applies := {binding.id | some binding in rbac.known_bindings}

violations contains objects.violation(binding.id, ["roleRef"], sprintf("binds to %s, which has all rights", [binding.role])) if {
	some binding in rbac.known_bindings
	some rule in binding.rules
	rbac.grants(rule, rbac.does_everything)
}
