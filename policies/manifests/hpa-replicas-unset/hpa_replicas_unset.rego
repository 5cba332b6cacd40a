# METADATA
# title: What an autoscaler scales leaves replicas out
# description: >-
#   What an autoscaler scales leaves replicas out.
# custom:
#   id: hpa-replicas-unset
#   profile: production
#   severity: medium
#   scope: set
#   why: >-
#     Every deployment would set the number back to the file's.
#   fix: >-
#     Remove spec.replicas.
#   reference: https://kubernetes.io/docs/tasks/run-application/horizontal-pod-autoscale/
package hallmark.manifests.hpa_replicas_unset

import data.hallmark.lib.objects

applies := {entry.id | some entry in objects.of["apps/Deployment"]; count(_scalers(entry)) > 0}

violations contains objects.violation(entry.id, ["spec", "replicas"], "an autoscaler owns the number of replicas") if {
	some entry in objects.of["apps/Deployment"]
	entry.id in applies
	"replicas" in object.keys(entry.object.spec)
}

_scalers(entry) := [scaler |
	some scaler in objects.of["autoscaling/HorizontalPodAutoscaler"]
	objects.namespace(scaler) == objects.namespace(entry)
	scaler.object.spec.scaleTargetRef.kind == entry.object.kind
	scaler.object.spec.scaleTargetRef.name == objects.name(entry)
]
