# METADATA
# title: Nothing is bound to a role that creates pods
# description: >-
#   No RoleBinding or ClusterRoleBinding names a role that grants create on pods. Roles that create pods only
#   by way of a Deployment, Job and the like are allowed: deploying needs those. A role is one of the set, with
#   what it aggregates from others of the set, or a ClusterRole for users that every cluster has (cluster-
#   admin, admin, edit, view). The binding of any other role is not judged, because its rules are not known.
#   Rights are read as by the rules about roles.
# custom:
#   id: rbac-create-pods-bound
#   profile: production
#   severity: high
#   scope: namespace
#   why: >-
#     Who creates pods may mount every Secret of the namespace and run as each of its service accounts.
#   fix: >-
#     Bind to a role that creates workloads and not pods themselves.
#   reference: https://kubernetes.io/docs/concepts/security/rbac-good-practices/
package hallmark.manifests.rbac_create_pods_bound

import data.hallmark.lib.objects
import data.hallmark.lib.rbac

applies := {binding.id | some binding in rbac.known_bindings}

violations contains objects.violation(binding.id, ["roleRef"], sprintf("binds to %s, which creates pods", [binding.role])) if {
	some binding in rbac.known_bindings
	some rule in binding.rules
	rbac.grants(rule, rbac.creates_pods)
}
