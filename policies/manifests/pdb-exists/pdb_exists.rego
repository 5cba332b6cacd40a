# METADATA
# title: Several replicas have a disruption budget
# description: >-
#   Several replicas have a disruption budget.
# custom:
#   id: pdb-exists
#   profile: production
#   severity: medium
#   scope: set
#   why: >-
#     Without one, draining nodes may evict all replicas at once.
#   fix: >-
#     Add a PodDisruptionBudget that selects the pods.
#   reference: https://kubernetes.io/docs/tasks/run-application/configure-pdb/
package hallmark.manifests.pdb_exists

import data.hallmark.lib.objects
import data.hallmark.lib.selectors
import data.hallmark.lib.workload

applies := {pod.id | some pod in _several}

violations contains objects.violation(pod.id, pod.template_path, "no PodDisruptionBudget selects its pods") if {
	some pod in _several
	not _guarded(pod)
}

# More than one replica, by its own number or by an autoscaler.
_several contains pod if {
	some pod in workload.pods
	pod.type in {"apps/Deployment", "apps/StatefulSet"}
	object.get(pod.object, ["spec", "replicas"], 1) > 1
}

_several contains pod if {
	some pod in workload.pods
	pod.type in {"apps/Deployment", "apps/StatefulSet"}
	some scaler in objects.of["autoscaling/HorizontalPodAutoscaler"]
	scaler.object.spec.scaleTargetRef.name == pod.name
	scaler.object.spec.scaleTargetRef.kind == pod.object.kind
	objects.namespace(scaler) == pod.namespace
}

_guarded(pod) if {
	some budget in objects.of["policy/PodDisruptionBudget"]
	objects.namespace(budget) == pod.namespace
	selectors.selects(budget.object.spec.selector, pod.labels)
}
