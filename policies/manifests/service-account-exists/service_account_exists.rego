# METADATA
# title: The service account of a pod is there
# description: >-
#   The service account of a pod is there.
# custom:
#   id: service-account-exists
#   profile: production
#   severity: medium
#   scope: set
#   why: >-
#     A pod whose account is missing is never created, and only an event says why.
#   fix: >-
#     Add the ServiceAccount to the set.
#   reference: https://kubernetes.io/docs/concepts/security/service-accounts/
package hallmark.manifests.service_account_exists

import data.hallmark.lib.objects
import data.hallmark.lib.workload

applies := {pod.id | some pod in workload.pods; _account(pod) != "default"}

violations contains workload.pod_finding(pod, ["serviceAccountName"], sprintf("names the service account %s, which is not there", [_account(pod)])) if {
	some pod in workload.pods
	_account(pod) != "default"
	not _exists(pod)
}

_account(pod) := object.get(pod.spec, "serviceAccountName", "default")

_exists(pod) if {
	some account in objects.of["/ServiceAccount"]
	objects.name(account) == _account(pod)
	objects.namespace(account) == pod.namespace
}
