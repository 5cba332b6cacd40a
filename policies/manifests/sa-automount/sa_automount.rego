# METADATA
# title: A ServiceAccount doesn't hand out its token
# description: >-
#   Every ServiceAccount sets automountServiceAccountToken: false.
# custom:
#   id: sa-automount
#   profile: restricted
#   severity: medium
#   scope: object
#   why: >-
#     Every pod that names the account gets its token, unless the pod itself refuses.
#   fix: >-
#     Set automountServiceAccountToken: false on the ServiceAccount.
#   reference: https://kubernetes.io/docs/tasks/configure-pod-container/configure-service-account/
package hallmark.manifests.sa_automount

import data.hallmark.lib.objects

applies := {entry.id | some entry in objects.of["/ServiceAccount"]}

violations contains objects.violation(entry.id, ["automountServiceAccountToken"], "automountServiceAccountToken is not false") if {
	some entry in objects.of["/ServiceAccount"]
	not entry.object.automountServiceAccountToken == false
}
