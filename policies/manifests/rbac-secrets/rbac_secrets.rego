# METADATA
# title: No role reads Secrets
# description: >-
#   No rule grants get, list or watch on secrets. Role and ClusterRole are read alike: wildcards count (pods/*
#   and */* too, of which the authorizer makes nothing), a restriction by resourceNames doesn't excuse, and a
#   rule without apiGroups is one of every group.
# custom:
#   id: rbac-secrets
#   profile: production
#   severity: high
#   scope: object
#   why: >-
#     List and watch show the content of every Secret, as get does of one: credentials of other services, and
#     tokens of other accounts.
#   fix: >-
#     Mount the Secret into the pod that needs it, and take the right from the role.
#   reference: https://kubernetes.io/docs/concepts/security/rbac-good-practices/
package hallmark.manifests.rbac_secrets

import data.hallmark.lib.rbac

applies := rbac.role_ids

violations contains rbac.finding(entry, [], "grants reading secrets") if {
	some entry in rbac.rules
	rbac.grants(entry.rule, rbac.reads_secrets)
}
