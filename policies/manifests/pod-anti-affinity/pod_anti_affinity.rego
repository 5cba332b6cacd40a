# METADATA
# title: Replicas keep away from each other
# description: >-
#   A Deployment or StatefulSet with more than one replica, by its own number or because an autoscaler of the
#   set scales it, has a podAntiAffinity, required or preferred, that selects its own pods in their own
#   namespace. A term with mismatchLabelKeys, or with a namespaceSelector that isn't empty, doesn't count. By
#   which topologyKey they keep away is not judged.
# custom:
#   id: pod-anti-affinity
#   profile: production
#   severity: medium
#   scope: namespace
#   why: >-
#     Without it the scheduler may put all replicas on one node, and they fall together.
#   fix: >-
#     Add a podAntiAffinity whose labelSelector matches the template's labels, with topologyKey
#     kubernetes.io/hostname.
#   reference: https://kubernetes.io/docs/concepts/scheduling-eviction/assign-pod-node/#inter-pod-affinity-and-anti-affinity
package hallmark.manifests.pod_anti_affinity

import data.hallmark.lib.scaling
import data.hallmark.lib.selectors
import data.hallmark.lib.workload

applies := {pod.id | some pod in _several}

violations contains workload.pod_finding(pod, ["affinity"], "does not keep away from the other replicas") if {
	some pod in _several
	not _keeps_away(pod)
}

_several := [pod |
	some pod in workload.pods
	pod.type in {"apps/Deployment", "apps/StatefulSet"}
	scaling.has_several(pod)
]

_keeps_away(pod) if {
	some term in _terms(pod.spec.affinity.podAntiAffinity)
	selectors.selects(term.labelSelector, pod.labels)
	_reaches(term, pod.namespace)
	count(object.get(term, "mismatchLabelKeys", [])) == 0
}

_terms(affinity) := array.concat(
	object.get(affinity, "requiredDuringSchedulingIgnoredDuringExecution", []),
	[weighted.podAffinityTerm | some weighted in affinity.preferredDuringSchedulingIgnoredDuringExecution],
)

# Without any word about namespaces a term is about the pod's own.
_reaches(term, _) if {
	count(object.get(term, "namespaces", [])) == 0
	not "namespaceSelector" in object.keys(term)
}

_reaches(term, namespace) if namespace in term.namespaces

_reaches(term, _) if term.namespaceSelector == {}
