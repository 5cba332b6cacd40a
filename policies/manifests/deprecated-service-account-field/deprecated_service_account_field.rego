# METADATA
# title: serviceAccountName and not serviceAccount
# description: >-
#   No pod names its account by serviceAccount alone; beside a serviceAccountName it is allowed, and so is
#   naming none.
# custom:
#   id: deprecated-service-account-field
#   profile: production
#   severity: low
#   scope: object
#   why: >-
#     The old name is deprecated: tools that read only the new one take the pod for one of the account
#     default.
#   fix: >-
#     Write serviceAccountName.
#   reference: https://kubernetes.io/docs/concepts/security/service-accounts/
package hallmark.manifests.deprecated_service_account_field

import data.hallmark.lib.workload

applies := workload.ids

violations contains workload.pod_finding(pod, ["serviceAccount"], "names its service account by the deprecated field alone") if {
	some pod in workload.pods
	object.get(pod.spec, "serviceAccount", "") != ""
	object.get(pod.spec, "serviceAccountName", "") == ""
}
