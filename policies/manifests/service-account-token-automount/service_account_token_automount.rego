# METADATA
# title: The service account's token is not mounted
# description: >-
#   Every pod itself sets automountServiceAccountToken: false, whatever its ServiceAccount says.
# custom:
#   id: service-account-token-automount
#   profile: restricted
#   severity: medium
#   scope: object
#   why: >-
#     A token that is not there cannot be stolen; most services never talk to the API server.
#   fix: >-
#     Set automountServiceAccountToken: false in the pod's spec.
#   reference: https://kubernetes.io/docs/tasks/configure-pod-container/configure-service-account/
package hallmark.manifests.service_account_token_automount

import data.hallmark.lib.workload

applies := workload.ids

violations contains workload.pod_finding(pod, ["automountServiceAccountToken"], "does not set automountServiceAccountToken: false") if {
	some pod in workload.pods
	not pod.spec.automountServiceAccountToken == false
}
