# METADATA
# title: No role acts as somebody else
# description: >-
#   No rule grants impersonate on users, groups or serviceaccounts. Role and ClusterRole are read alike:
#   wildcards count (pods/* and */* too, of which the authorizer makes nothing), a restriction by resourceNames
#   doesn't excuse, and a rule without apiGroups is one of every group.
# custom:
#   id: rbac-impersonate
#   profile: restricted
#   severity: critical
#   scope: object
#   why: >-
#     Who may act as any user or group has the rights of all of them, those of system:masters included.
#   fix: >-
#     Grant the needed rights to the account itself.
#   reference: https://kubernetes.io/docs/concepts/security/rbac-good-practices/
package hallmark.manifests.rbac_impersonate

import data.hallmark.lib.rbac

applies := rbac.role_ids

violations contains rbac.finding(entry, [], "grants impersonation") if {
	some entry in rbac.rules
	rbac.grants(entry.rule, _right)
}

_right := {"group": "", "resources": {"groups", "serviceaccounts", "users"}, "verbs": {"impersonate"}}
