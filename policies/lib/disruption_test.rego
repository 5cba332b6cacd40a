package hallmark.lib.disruption_test

import data.hallmark.lib.disruption
import data.hallmark.testing

_budget := [entry | some entry in testing.all.objects; entry.type == "policy/PodDisruptionBudget"][0]

_guarded(patches) := found if {
	found := disruption.guarded(json.patch(_budget, patches)) with input as testing.all
}

_selecting(selector) := {"op": "replace", "path": "/object/spec/selector", "value": selector}

_old := {"op": "replace", "path": "/version", "value": "v1beta1"}

_by_label := {"matchLabels": {"app.kubernetes.io/name": "ledger"}}

_by_expression := {"matchExpressions": [{"key": "app.kubernetes.io/name", "operator": "In", "values": ["ledger"]}]}

test_finds_every_budget if {
	set := testing.doubled(testing.all, "policy/PodDisruptionBudget", [])
	ids := disruption.ids with input as set
	ids == testing.ids(set, {"policy/PodDisruptionBudget"})
	count(ids) == 2
}

test_counts_what_the_selector_selects if {
	every version in [[], [_old]] {
		_guarded(version) == testing.ids(testing.all, {"apps/Deployment"})
		every selector in [_by_label, _by_expression] {
			_guarded(array.concat(version, [_selecting(selector)])) == testing.ids(testing.all, {"apps/StatefulSet"})
		}
		_guarded(array.concat(version, [{"op": "replace", "path": "/object/metadata/namespace", "value": "staging"}])) == set()
	}
}

test_counts_nothing_without_a_selector if {
	_guarded([{"op": "remove", "path": "/object/spec/selector"}]) == set()
	_guarded([{"op": "remove", "path": "/object/spec"}]) == set()
}

test_counts_everything_by_an_empty_selector_but_of_old if {
	every empty in [{}, {"matchLabels": {}}, {"matchExpressions": []}] {
		_guarded([_selecting(empty)]) == testing.ids(testing.all, testing.workloads)
		_guarded([_selecting(empty), _old]) == set()
	}
}
