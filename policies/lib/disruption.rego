# METADATA
# title: Disruption budgets
# description: Which pods a PodDisruptionBudget counts.
package hallmark.lib.disruption

import data.hallmark.lib.objects
import data.hallmark.lib.workload

budgets := [entry | some entry in objects.of["policy/PodDisruptionBudget"]]

ids := {entry.id | some entry in budgets}

# The ids of those whose pods a budget counts. Without a selector it counts none, and an empty selector counts all, but
# counted none in policy/v1beta1.
guarded(entry) := workload.selected(objects.namespace(entry), entry.object.spec.selector) if not _selects_none(entry)

guarded(entry) := set() if _selects_none(entry)

_selects_none(entry) if not entry.object.spec.selector

_selects_none(entry) if {
	entry.version == "v1beta1"
	every part in entry.object.spec.selector {
		count(part) == 0
	}
}
