# METADATA
# title: The token is not mounted, by the pod's or its account's word
# description: >-
#   automountServiceAccountToken is false in the pod; or the pod doesn't say, and it is false in its
#   ServiceAccount, which is in the set and in the same namespace. An account outside of the set, default
#   among them, mounts its token.
# custom:
#   id: service-account-token-automount-set
#   profile: restricted
#   severity: medium
#   scope: namespace
#   why: >-
#     A token that is not there cannot be stolen; most services never talk to the API server.
#   fix: >-
#     Set automountServiceAccountToken: false in the pod's spec, or in its ServiceAccount.
#   reference: https://kubernetes.io/docs/tasks/configure-pod-container/configure-service-account/
package hallmark.manifests.service_account_token_automount_set

import data.hallmark.lib.objects
import data.hallmark.lib.workload

applies := workload.ids

violations contains workload.pod_finding(pod, ["automountServiceAccountToken"], "mounts the token of its service account") if {
	some pod in workload.pods
	not _mounts_none(pod)
}

_mounts_none(pod) if pod.spec.automountServiceAccountToken == false

_mounts_none(pod) if {
	not "automountServiceAccountToken" in object.keys(pod.spec)
	[pod.namespace, workload.account(pod)] in _keeping
}

# The accounts that keep their tokens.
_keeping := {[objects.namespace(entry), objects.name(entry)] |
	some entry in objects.of["/ServiceAccount"]
	entry.object.automountServiceAccountToken == false
}
