# METADATA
# title: No role gives itself more rights
# description: >-
#   No rule grants bind or escalate on roles or clusterroles. Role and ClusterRole are read alike: wildcards
#   count (pods/* and */* too, of which the authorizer makes nothing), a restriction by resourceNames doesn't
#   excuse, and a rule without apiGroups is one of every group.
# custom:
#   id: rbac-escalate
#   profile: restricted
#   severity: critical
#   scope: object
#   why: >-
#     Both verbs lift the check that nobody hands out rights that he doesn't have himself.
#   fix: >-
#     Name the verbs that are needed, such as get or create; those without bind and escalate keep the check.
#   reference: https://kubernetes.io/docs/concepts/security/rbac-good-practices/
package hallmark.manifests.rbac_escalate

import data.hallmark.lib.rbac

applies := rbac.role_ids

violations contains rbac.finding(entry, [], "grants bind or escalate on roles") if {
	some entry in rbac.rules
	rbac.grants(entry.rule, _right)
}

_right := {"group": "rbac.authorization.k8s.io", "resources": {"clusterroles", "roles"}, "verbs": {"bind", "escalate"}}
