# METADATA
# title: A Deployment has at least two replicas
# description: >-
#   spec.replicas of a Deployment is at least 2; left out it is 1. A Deployment that an autoscaler of the same
#   set scales is not judged: hpa-min-replicas judges the autoscaler instead.
# custom:
#   id: replicas
#   profile: production
#   severity: medium
#   scope: namespace
#   why: >-
#     With one replica every eviction and every crash is an outage.
#   fix: >-
#     Set replicas to 2 or more, or let a HorizontalPodAutoscaler scale it.
#   reference: https://kubernetes.io/docs/concepts/workloads/controllers/deployment/
package hallmark.manifests.replicas

import data.hallmark.lib.objects
import data.hallmark.lib.scaling

applies := {entry.id | some entry in _unscaled}

violations contains objects.violation(entry.id, ["spec", "replicas"], "replicas is below 2, or left out") if {
	some entry in _unscaled
	not _is_more_than_one(entry)
}

_unscaled := [entry |
	some entry in objects.of["apps/Deployment"]
	not scaling.is_scaled(entry)
]

_is_more_than_one(entry) if entry.object.spec.replicas > 1
