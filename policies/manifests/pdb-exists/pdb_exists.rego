# METADATA
# title: Several replicas have a disruption budget
# description: >-
#   The pods of every Deployment and StatefulSet with more than one replica, by its own number or because an
#   autoscaler of the set scales it, are counted by a PodDisruptionBudget of the set in their namespace. A
#   budget without a selector counts none, and neither does one of policy/v1beta1 with an empty one.
# custom:
#   id: pdb-exists
#   profile: production
#   severity: medium
#   scope: namespace
#   why: >-
#     Without one, draining nodes may evict all replicas at once.
#   fix: >-
#     Add a PodDisruptionBudget that selects the pods.
#   reference: https://kubernetes.io/docs/tasks/run-application/configure-pdb/
package hallmark.manifests.pdb_exists

import data.hallmark.lib.disruption
import data.hallmark.lib.objects
import data.hallmark.lib.scaling

applies := {entry.id | some entry in _several}

violations contains objects.violation(entry.id, ["spec", "template"], "no PodDisruptionBudget selects its pods") if {
	some entry in _several
	not entry.id in _guarded
}

_several := [entry |
	some type in ["apps/Deployment", "apps/StatefulSet"]
	some entry in objects.of[type]
	scaling.has_several(entry)
]

_guarded := {id | some budget in disruption.budgets; some id in disruption.guarded(budget)}
