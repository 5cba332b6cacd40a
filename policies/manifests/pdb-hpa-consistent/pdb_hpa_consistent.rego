# METADATA
# title: A budget leaves an autoscaler's least replicas room
# description: >-
#   minAvailable of a PodDisruptionBudget is below the minReplicas (1 where it is left out) of every
#   autoscaler of the set whose target's pods the budget counts. A percentage is taken of minReplicas and
#   rounded up, as Kubernetes does. Budgets by maxUnavailable, and those whose pods nothing scales, are not
#   judged.
# custom:
#   id: pdb-hpa-consistent
#   profile: production
#   severity: medium
#   scope: namespace
#   why: >-
#     At the autoscaler's lowest point such a budget allows no disruption, and no node under those pods can be
#     drained.
#   fix: >-
#     Use maxUnavailable: 1, or raise minReplicas above minAvailable.
#   reference: https://kubernetes.io/docs/tasks/run-application/configure-pdb/
package hallmark.manifests.pdb_hpa_consistent

import data.hallmark.lib.disruption
import data.hallmark.lib.objects
import data.hallmark.lib.scaling
import data.hallmark.lib.workload

applies := {pair.id | some pair in _pairs}

violations contains objects.violation(pair.id, ["spec", "minAvailable"], sprintf("it is not below the %v replicas that an autoscaler keeps at least", [pair.replicas])) if {
	some pair in _pairs
	not _leaves_room(pair.available, pair.replicas)
}

# Budgets with what they want to be available, and the least number of replicas of what they guard.
_pairs := [{"id": budget.id, "available": budget.object.spec.minAvailable, "replicas": replicas} |
	some budget in disruption.budgets
	some id in disruption.guarded(budget)
	some replicas in object.get(_minimums, id, set())
]

_minimums := {pod.id: scaling.minimums(pod) | some pod in workload.pods}

# Text is more than any number.
_leaves_room(available, replicas) if available < replicas

_leaves_room(available, replicas) if {
	regex.match(`^[1-9]?[0-9]%$`, sprintf("%v", [available]))
	ceil((replicas * to_number(trim_suffix(available, "%"))) / 100) < replicas
}
