# METADATA
# title: Replicas are spread
# description: >-
#   Every Deployment, StatefulSet and ReplicaSet has topologySpreadConstraints in its pod template, however
#   many replicas it has. What they spread, and how strictly, is not judged.
# custom:
#   id: topology-spread
#   profile: production
#   severity: medium
#   scope: object
#   why: >-
#     Replicas on one node or in one zone fall together.
#   fix: >-
#     Add topologySpreadConstraints.
#   reference: https://kubernetes.io/docs/concepts/scheduling-eviction/topology-spread-constraints/
package hallmark.manifests.topology_spread

import data.hallmark.lib.objects

applies := {entry.id | some type in _types; some entry in objects.of[type]}

violations contains objects.violation(entry.id, ["spec", "template", "spec", "topologySpreadConstraints"], "it has no topologySpreadConstraints") if {
	some type in _types
	some entry in objects.of[type]
	count(object.get(entry.object, ["spec", "template", "spec", "topologySpreadConstraints"], [])) == 0
}

_types := {"apps/Deployment", "apps/StatefulSet", "apps/ReplicaSet"}
