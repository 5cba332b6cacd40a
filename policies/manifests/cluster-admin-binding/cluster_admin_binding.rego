# METADATA
# title: Nothing is bound to cluster-admin
# description: >-
#   No RoleBinding or ClusterRoleBinding names the ClusterRole cluster-admin, with or without subjects.
# custom:
#   id: cluster-admin-binding
#   profile: baseline
#   severity: critical
#   scope: object
#   why: >-
#     cluster-admin may do everything, also to the cluster itself.
#   fix: >-
#     Bind to a role with the rights that are needed.
#   reference: https://kubernetes.io/docs/concepts/security/rbac-good-practices/
package hallmark.manifests.cluster_admin_binding

import data.hallmark.lib.objects
import data.hallmark.lib.rbac

applies := rbac.binding_ids

violations contains objects.violation(entry.id, ["roleRef"], "binds to cluster-admin") if {
	some entry in rbac.binding_entries
	rbac.role_key(entry) == ["ClusterRole", "", "cluster-admin"]
}
