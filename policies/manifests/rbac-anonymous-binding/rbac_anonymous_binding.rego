# METADATA
# title: Nothing is bound to the anonymous
# description: >-
#   No subject of a RoleBinding or ClusterRoleBinding is called system:anonymous or system:unauthenticated, of
#   whatever kind.
# custom:
#   id: rbac-anonymous-binding
#   profile: baseline
#   severity: critical
#   scope: object
#   why: >-
#     Whoever reaches the API server has the rights then, without saying who he is.
#   fix: >-
#     Bind to a user, a group or a service account.
#   reference: https://kubernetes.io/docs/concepts/security/rbac-good-practices/
package hallmark.manifests.rbac_anonymous_binding

import data.hallmark.lib.objects
import data.hallmark.lib.rbac

applies := rbac.binding_ids

violations contains objects.violation(subject.id, ["subjects", subject.index], sprintf("binds %s", [subject.name])) if {
	some subject in rbac.subjects
	subject.name in {"system:anonymous", "system:unauthenticated"}
}
