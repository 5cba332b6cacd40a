# METADATA
# title: Nothing is bound to system:masters
# description: >-
#   No subject of a RoleBinding or ClusterRoleBinding is called system:masters, of whatever kind.
# custom:
#   id: rbac-masters-binding
#   profile: baseline
#   severity: critical
#   scope: object
#   why: >-
#     The group has all rights past every authorizer already: a binding to it only hides that, and outlives the
#     group's certificates.
#   fix: >-
#     Bind to a group of your own.
#   reference: https://kubernetes.io/docs/concepts/security/rbac-good-practices/
package hallmark.manifests.rbac_masters_binding

import data.hallmark.lib.objects
import data.hallmark.lib.rbac

applies := rbac.binding_ids

violations contains objects.violation(subject.id, ["subjects", subject.index], sprintf("binds %s", [subject.name])) if {
	some subject in rbac.subjects
	subject.name == "system:masters"
}
