# METADATA
# title: No role changes admission webhooks
# description: >-
#   No rule grants create, update or patch on validatingwebhookconfigurations or mutatingwebhookconfigurations.
#   Role and ClusterRole are read alike: wildcards count (pods/* and */* too, of which the authorizer makes
#   nothing), a restriction by resourceNames doesn't excuse, and a rule without apiGroups is one of every
#   group.
# custom:
#   id: rbac-webhooks
#   profile: restricted
#   severity: high
#   scope: object
#   why: >-
#     An admission webhook reads every object that is written, Secrets too, and may change or refuse it.
#   fix: >-
#     Let webhooks be installed with the cluster's administrator, and take the right from the role.
#   reference: https://kubernetes.io/docs/concepts/security/rbac-good-practices/
package hallmark.manifests.rbac_webhooks

import data.hallmark.lib.rbac

applies := rbac.role_ids

violations contains rbac.finding(entry, [], "grants changing admission webhooks") if {
	some entry in rbac.rules
	rbac.grants(entry.rule, _right)
}

_right := {
	"group": "admissionregistration.k8s.io",
	"resources": {"mutatingwebhookconfigurations", "validatingwebhookconfigurations"},
	"verbs": {"create", "patch", "update"},
}
