# METADATA
# title: No wildcard among resources
# description: >-
#   No rule of a Role or ClusterRole has * among its resources. Among resources, a wildcard before or after the
#   slash (*/scale, pods/*) is one too.
# custom:
#   id: rbac-wildcard-resources
#   profile: production
#   severity: high
#   scope: object
#   why: >-
#     All resources are also Secrets, pods/exec, and whatever is installed tomorrow.
#   fix: >-
#     List the resources that are needed.
#   reference: https://kubernetes.io/docs/concepts/security/rbac-good-practices/
package hallmark.manifests.rbac_wildcard_resources

import data.hallmark.lib.rbac

applies := rbac.role_ids

violations contains rbac.finding(entry, ["resources"], sprintf("has %s among its resources", [wildcard])) if {
	some entry in rbac.rules
	some wildcard in rbac.wildcards(entry.rule, "resources")
}
