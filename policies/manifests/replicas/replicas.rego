# METADATA
# title: A Deployment has at least two replicas
# description: >-
#   A Deployment has at least 2 replicas; unset means 1. One that an autoscaler of the same set scales is
#   judged by hpa-min-replicas instead.
# custom:
#   id: replicas
#   profile: production
#   severity: medium
#   scope: set
#   why: >-
#     With one replica every eviction and every crash is an outage.
#   fix: >-
#     Set replicas to 2 or more, or let a HorizontalPodAutoscaler scale it.
#   reference: https://kubernetes.io/docs/concepts/workloads/controllers/deployment/
package hallmark.manifests.replicas

import data.hallmark.lib.objects

applies := {entry.id | some entry in objects.of["apps/Deployment"]; count(_scalers(entry)) == 0}

violations contains objects.violation(entry.id, ["spec", "replicas"], "replicas is below 2, or left out") if {
	some entry in objects.of["apps/Deployment"]
	entry.id in applies
	object.get(entry.object.spec, "replicas", 1) < 2
}

_scalers(entry) := [scaler |
	some scaler in objects.of["autoscaling/HorizontalPodAutoscaler"]
	objects.namespace(scaler) == objects.namespace(entry)
	scaler.object.spec.scaleTargetRef.kind == entry.object.kind
	scaler.object.spec.scaleTargetRef.name == objects.name(entry)
]
