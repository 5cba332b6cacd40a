# METADATA
# title: Nothing is bound to a role that reads Secrets
# description: >-
#   No RoleBinding or ClusterRoleBinding names a role that grants get, list or watch on secrets. A role is one
#   of the set, with what it aggregates from others of the set, or a ClusterRole for users that every cluster
#   has (cluster-admin, admin, edit, view). The binding of any other role is not judged, because its rules are
#   not known. Rights are read as by the rules about roles.
# custom:
#   id: rbac-secrets-bound
#   profile: production
#   severity: high
#   scope: namespace
#   why: >-
#     A role that reads Secrets is harmless until somebody has it: here is who.
#   fix: >-
#     Bind to a role without that right.
#   reference: https://kubernetes.io/docs/concepts/security/rbac-good-practices/
package hallmark.manifests.rbac_secrets_bound

import data.hallmark.lib.objects
import data.hallmark.lib.rbac

applies := {binding.id | some binding in rbac.known_bindings}

violations contains objects.violation(binding.id, ["roleRef"], sprintf("binds to %s, which reads secrets", [binding.role])) if {
	some binding in rbac.known_bindings
	some rule in binding.rules
	rbac.grants(rule, rbac.reads_secrets)
}
