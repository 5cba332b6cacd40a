# METADATA
# title: A disruption budget leaves room
# description: >-
#   maxUnavailable of every PodDisruptionBudget is neither 0 nor 0%, and minAvailable is not 100%. What a
#   minAvailable in numbers leaves is judged where the least number of replicas is known, by
#   pdb-hpa-consistent.
# custom:
#   id: pdb-disruptions-zero
#   profile: production
#   severity: medium
#   scope: object
#   why: >-
#     A budget of zero blocks every drain: the node cannot be updated without force.
#   fix: >-
#     Set maxUnavailable to 1 or more, or minAvailable below 100%.
#   reference: https://kubernetes.io/docs/tasks/run-application/configure-pdb/
package hallmark.manifests.pdb_disruptions_zero

import data.hallmark.lib.objects

applies := {entry.id | some entry in objects.of["policy/PodDisruptionBudget"]}

violations contains objects.violation(entry.id, ["spec"], "the budget allows no disruption at all") if {
	some entry in objects.of["policy/PodDisruptionBudget"]
	_blocks(entry.object.spec)
}

# A number may be written with zeros before it.
_blocks(spec) if regex.match(`^0+%?$`, sprintf("%v", [spec.maxUnavailable]))

_blocks(spec) if regex.match(`^0*100%$`, sprintf("%v", [spec.minAvailable]))
