# METADATA
# title: The service account of a pod is there
# description: >-
#   The service account that a pod names is in the set, in the same namespace; the deprecated serviceAccount
#   counts where serviceAccountName is empty. The account default is in every namespace and is not judged.
# custom:
#   id: service-account-exists
#   profile: production
#   severity: medium
#   scope: namespace
#   why: >-
#     A pod whose account is missing is never created, and only an event says why.
#   fix: >-
#     Add the ServiceAccount to the set.
#   reference: https://kubernetes.io/docs/concepts/security/service-accounts/
package hallmark.manifests.service_account_exists

import data.hallmark.lib.objects
import data.hallmark.lib.workload

applies := {pod.id | some pod in _naming}

violations contains workload.pod_finding(pod, ["serviceAccountName"], sprintf("names the service account %s, which is not there", [workload.account(pod)])) if {
	some pod in _naming
	not [pod.namespace, workload.account(pod)] in _there
}

_naming := [pod | some pod in workload.pods; workload.account(pod) != "default"]

_there := {[objects.namespace(entry), objects.name(entry)] | some entry in objects.of["/ServiceAccount"]}
