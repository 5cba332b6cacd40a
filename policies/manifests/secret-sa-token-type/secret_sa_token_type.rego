# METADATA
# title: No Secret is a service account's token
# description: >-
#   No Secret has the type kubernetes.io/service-account-token.
# custom:
#   id: secret-sa-token-type
#   profile: restricted
#   severity: high
#   scope: object
#   why: >-
#     Such a token never expires, belongs to no pod, and is whoever's who can read the Secret.
#   fix: >-
#     Let pods project a token with an expiry, or ask for one by kubectl create token.
#   reference: https://kubernetes.io/docs/concepts/configuration/secret/#serviceaccount-token-secrets
package hallmark.manifests.secret_sa_token_type

import data.hallmark.lib.objects

applies := {entry.id | some entry in objects.of["/Secret"]}

violations contains objects.violation(entry.id, ["type"], "it is a token of a service account that never expires") if {
	some entry in objects.of["/Secret"]
	entry.object.type == "kubernetes.io/service-account-token"
}
