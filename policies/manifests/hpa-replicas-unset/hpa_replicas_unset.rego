# METADATA
# title: What an autoscaler scales leaves replicas out
# description: >-
#   A Deployment that an autoscaler of the same set scales leaves spec.replicas out. Other kinds that it
#   scales are not judged.
# custom:
#   id: hpa-replicas-unset
#   profile: production
#   severity: medium
#   scope: namespace
#   why: >-
#     Every deployment would set the number back to the file's.
#   fix: >-
#     Remove spec.replicas.
#   reference: https://kubernetes.io/docs/tasks/run-application/horizontal-pod-autoscale/
package hallmark.manifests.hpa_replicas_unset

import data.hallmark.lib.objects
import data.hallmark.lib.scaling

applies := {entry.id | some entry in _scaled}

violations contains objects.violation(entry.id, ["spec", "replicas"], "an autoscaler owns the number of replicas") if {
	some entry in _scaled
	"replicas" in object.keys(entry.object.spec)
}

_scaled := [entry |
	some entry in objects.of["apps/Deployment"]
	scaling.is_scaled(entry)
]
