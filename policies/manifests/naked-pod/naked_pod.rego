# METADATA
# title: No Pod without an owner
# description: >-
#   Every object of the kind Pod has an ownerReference. Pods that are made from a template have one when they
#   are made and are not meant.
# custom:
#   id: naked-pod
#   profile: production
#   severity: medium
#   scope: object
#   why: >-
#     When its node goes, a Pod that nothing owns is gone, and nobody makes another.
#   fix: >-
#     Put the pod into a Deployment, StatefulSet, DaemonSet or Job.
#   reference: https://kubernetes.io/docs/concepts/workloads/pods/#pods-and-controllers
package hallmark.manifests.naked_pod

import data.hallmark.lib.objects

applies := {entry.id | some entry in objects.of["/Pod"]}

violations contains objects.violation(entry.id, ["metadata", "ownerReferences"], "nothing owns it") if {
	some entry in objects.of["/Pod"]
	not _has_owner(entry)
}

_has_owner(entry) if count(entry.object.metadata.ownerReferences) > 0
