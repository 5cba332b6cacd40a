# METADATA
# title: No wildcard in a role
# description: >-
#   No rule of a Role or ClusterRole has * among its resources or verbs. A * among apiGroups alone is allowed:
#   the resources are named then. Among resources, a wildcard before or after the slash (*/scale, pods/*) is
#   one too.
# custom:
#   id: rbac-wildcards
#   profile: production
#   severity: high
#   scope: object
#   why: >-
#     A wildcard grants what nobody has looked at, and what doesn't exist yet.
#   fix: >-
#     List the resources and verbs that are needed.
#   reference: https://kubernetes.io/docs/concepts/security/rbac-good-practices/
package hallmark.manifests.rbac_wildcards

import data.hallmark.lib.rbac

applies := rbac.role_ids

violations contains rbac.finding(entry, [field], sprintf("has %s among its %s", [wildcard, field])) if {
	some entry in rbac.rules
	some field in ["resources", "verbs"]
	some wildcard in rbac.wildcards(entry.rule, field)
}
