# METADATA
# title: No wildcard among verbs
# description: >-
#   No rule of a Role or ClusterRole has * among its verbs, be they for resources or for URLs.
# custom:
#   id: rbac-wildcard-verbs
#   profile: production
#   severity: medium
#   scope: object
#   why: >-
#     All verbs are more than those that one thinks of: escalate, bind, impersonate, deletecollection.
#   fix: >-
#     List the verbs that are needed.
#   reference: https://kubernetes.io/docs/concepts/security/rbac-good-practices/
package hallmark.manifests.rbac_wildcard_verbs

import data.hallmark.lib.rbac

applies := rbac.role_ids

violations contains rbac.finding(entry, ["verbs"], sprintf("has %s among its verbs", [wildcard])) if {
	some entry in rbac.rules
	some wildcard in rbac.wildcards(entry.rule, "verbs")
}
