# METADATA
# title: An autoscaler scales something
# description: >-
#   scaleTargetRef of an autoscaler names an object of the set by kind and name, in the same namespace. The
#   API version in it is not compared.
# custom:
#   id: hpa-target-exists
#   profile: production
#   severity: medium
#   scope: namespace
#   why: >-
#     An autoscaler without a target does nothing, and says so only in its status.
#   fix: >-
#     Make scaleTargetRef name an object of the same namespace.
#   reference: https://kubernetes.io/docs/tasks/run-application/horizontal-pod-autoscale/
package hallmark.manifests.hpa_target_exists

import data.hallmark.lib.objects
import data.hallmark.lib.scaling

applies := {entry.id | some entry in scaling.autoscalers}

violations contains objects.violation(entry.id, ["spec", "scaleTargetRef"], "the target is no object of the set") if {
	some entry in scaling.autoscalers
	not _has_target(entry)
}

_has_target(entry) if {
	target := entry.object.spec.scaleTargetRef
	[objects.namespace(entry), target.kind, target.name] in _there
}

_there := {[objects.namespace(entry), entry.object.kind, objects.name(entry)] | some entry in input.objects}
