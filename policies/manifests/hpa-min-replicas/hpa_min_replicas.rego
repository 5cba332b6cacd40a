# METADATA
# title: An autoscaler keeps at least two replicas
# description: >-
#   minReplicas of every HorizontalPodAutoscaler, of whatever version, is at least 2; left out it is 1.
# custom:
#   id: hpa-min-replicas
#   profile: production
#   severity: medium
#   scope: object
#   why: >-
#     With one replica every eviction and every crash is an outage.
#   fix: >-
#     Set minReplicas to 2 or more.
#   reference: https://kubernetes.io/docs/tasks/run-application/horizontal-pod-autoscale/
package hallmark.manifests.hpa_min_replicas

import data.hallmark.lib.objects

applies := {entry.id | some entry in objects.of["autoscaling/HorizontalPodAutoscaler"]}

violations contains objects.violation(entry.id, ["spec", "minReplicas"], "minReplicas is below 2, or left out") if {
	some entry in objects.of["autoscaling/HorizontalPodAutoscaler"]
	not _is_more_than_one(entry)
}

_is_more_than_one(entry) if entry.object.spec.minReplicas > 1
