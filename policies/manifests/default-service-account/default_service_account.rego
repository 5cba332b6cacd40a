# METADATA
# title: The pod has a service account of its own
# description: >-
#   serviceAccountName of every pod is set and is not default. The deprecated serviceAccount alone is refused.
# custom:
#   id: default-service-account
#   profile: production
#   severity: medium
#   scope: object
#   why: >-
#     Rights given to the account default are given to every pod of the namespace that names none.
#   fix: >-
#     Make a ServiceAccount for the service and set serviceAccountName.
#   reference: https://kubernetes.io/docs/concepts/security/service-accounts/
package hallmark.manifests.default_service_account

import data.hallmark.lib.workload

applies := workload.ids

violations contains workload.pod_finding(pod, ["serviceAccountName"], "runs under the service account default") if {
	some pod in workload.pods
	object.get(pod.spec, "serviceAccountName", "") in {"", "default"}
}
