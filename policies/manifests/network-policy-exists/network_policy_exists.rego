# METADATA
# title: Every pod is selected by a NetworkPolicy
# description: >-
#   Every pod is selected by a NetworkPolicy.
# custom:
#   id: network-policy-exists
#   profile: production
#   severity: high
#   scope: set
#   why: >-
#     A pod that no policy selects accepts and sends everything.
#   fix: >-
#     Add a default-deny NetworkPolicy to the namespace.
#   reference: https://kubernetes.io/docs/concepts/services-networking/network-policies/
package hallmark.manifests.network_policy_exists

import data.hallmark.lib.objects
import data.hallmark.lib.selectors
import data.hallmark.lib.workload

applies := workload.ids

violations contains objects.violation(pod.id, pod.template_path, "no NetworkPolicy selects its pods") if {
	some pod in workload.pods
	not _governed(pod)
}

_governed(pod) if {
	some policy in objects.of["networking.k8s.io/NetworkPolicy"]
	objects.namespace(policy) == pod.namespace
	selectors.selects(object.get(policy.object.spec, "podSelector", {}), pod.labels)
}
