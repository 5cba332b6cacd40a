# METADATA
# title: How many replicas there are
# description: >-
#   A workload says it itself, or an autoscaler of the set says it for the workload.
package hallmark.lib.scaling

import data.hallmark.lib.objects

autoscalers := [entry | some entry in objects.of["autoscaling/HorizontalPodAutoscaler"]]

# The least numbers of replicas that autoscalers of the set keep of an object: mostly one, and none when it isn't scaled.
minimums(entry) := object.get(_minimums, [[objects.namespace(entry), entry.object.kind, objects.name(entry)]], set())

is_scaled(entry) if count(minimums(entry)) > 0

# Whether there may be more than one replica.
has_several(entry) if is_scaled(entry)

has_several(entry) if entry.object.spec.replicas > 1

# The least number of replicas that an autoscaler keeps.
minimum(autoscaler) := object.get(autoscaler.object, ["spec", "minReplicas"], 1)

_minimums := {target: found |
	some target in {one.target | some one in _scaled}
	found := {one.minimum | some one in _scaled; one.target == target}
}

_scaled := [{"target": [objects.namespace(entry), reference.kind, reference.name], "minimum": minimum(entry)} |
	some entry in autoscalers
	reference := entry.object.spec.scaleTargetRef
]
