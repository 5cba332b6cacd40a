# METADATA
# title: An autoscaler scales something
# description: >-
#   An autoscaler scales something.
# custom:
#   id: hpa-target-exists
#   profile: production
#   severity: medium
#   scope: set
#   why: >-
#     An autoscaler without a target does nothing, and says so only in its status.
#   fix: >-
#     Make scaleTargetRef name an object of the same namespace.
#   reference: https://kubernetes.io/docs/tasks/run-application/horizontal-pod-autoscale/
package hallmark.manifests.hpa_target_exists

import data.hallmark.lib.objects

applies := {entry.id | some entry in objects.of["autoscaling/HorizontalPodAutoscaler"]}

violations contains objects.violation(entry.id, ["spec", "scaleTargetRef"], sprintf("there is no %s %s", [target.kind, target.name])) if {
	some entry in objects.of["autoscaling/HorizontalPodAutoscaler"]
	target := entry.object.spec.scaleTargetRef
	not _exists(entry, target)
}

_exists(entry, target) if {
	some other in input.objects
	other.object.kind == target.kind
	objects.name(other) == target.name
	objects.namespace(other) == objects.namespace(entry)
}
