# METADATA
# title: Every pod is selected by a NetworkPolicy
# description: >-
#   The pods of everything that makes pods, Jobs and CronJobs too, are selected by a NetworkPolicy of the set
#   in their namespace. What the policy allows is not judged.
# custom:
#   id: network-policy-exists
#   profile: production
#   severity: high
#   scope: namespace
#   why: >-
#     A pod that no policy selects accepts and sends everything.
#   fix: >-
#     Add a default-deny NetworkPolicy to the namespace.
#   reference: https://kubernetes.io/docs/concepts/services-networking/network-policies/
package hallmark.manifests.network_policy_exists

import data.hallmark.lib.networkpolicy
import data.hallmark.lib.objects
import data.hallmark.lib.workload

applies := workload.ids

violations contains objects.violation(pod.id, pod.template_path, "no NetworkPolicy selects its pods") if {
	some pod in workload.pods
	not pod.id in _governed
}

_governed := {id |
	some policy in networkpolicy.entries
	some id in workload.selected(objects.namespace(policy), networkpolicy.selector(policy))
}
