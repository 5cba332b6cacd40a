package hallmark.manifests.pdb_hpa_consistent_test

import data.hallmark.manifests.pdb_hpa_consistent
import data.hallmark.testing

_budget := "policy/PodDisruptionBudget"

_scaler := "autoscaling/HorizontalPodAutoscaler"

_place := "PodDisruptionBudget: spec/minAvailable"

_places(set) := testing.places(set, found) if {
	found := pdb_hpa_consistent.violations with input as set
}

_judged(set) := found if {
	found := pdb_hpa_consistent.applies with input as set
}

# The set whose budget wants this to be available, of what an autoscaler keeps at this number.
_with(available, replicas) := testing.patched(
	testing.changed(_budget, [
		{"op": "remove", "path": "/spec/maxUnavailable"},
		{"op": "add", "path": "/spec/minAvailable", "value": available},
	]),
	_scaler,
	[{"op": "replace", "path": "/spec/minReplicas", "value": replicas}],
)

test_denies_what_is_not_below if {
	every pair in [[2, 2], [3, 2], [1, 1], [2, 1]] {
		_places(_with(pair[0], pair[1])) == {_place}
	}
}

# 51 % of 2 is more than one, so it is two.
test_denies_percentage_that_is_not_below if {
	every pair in [["100%", 2], ["51%", 2], ["1%", 1], ["99%", 3], ["67%", 3], ["91%", 10]] {
		_places(_with(pair[0], pair[1])) == {_place}
	}
}

test_denies_what_is_no_number_and_no_percentage if {
	every available in ["2", "", "half", "-1%", "050%"] {
		_places(_with(available, 3)) == {_place}
	}
}

test_denies_default_of_the_autoscaler if {
	set := testing.patched(_with(1, 3), _scaler, [{"op": "remove", "path": "/spec/minReplicas"}])
	_places(set) == {_place}
}

test_denies_one_of_two_autoscalers if {
	set := testing.doubled(_with(2, 3), _scaler, [{"op": "replace", "path": "/spec/minReplicas", "value": 2}])
	_places(set) == {_place}
}

test_denies_both_of_two_budgets if {
	set := testing.doubled(_with(2, 2), _budget, [])
	found := pdb_hpa_consistent.violations with input as set
	{one.object | some one in found} == testing.ids(set, {_budget})
	count(found) == 2
}

test_denies_stateful_set if {
	scaled := testing.patched(_with(2, 2), _scaler, [{"op": "replace", "path": "/spec/scaleTargetRef", "value": {"kind": "StatefulSet", "name": "ledger"}}])
	set := testing.patched(scaled, _budget, [{"op": "replace", "path": "/spec/selector/matchLabels", "value": {"app.kubernetes.io/name": "ledger"}}])
	_places(set) == {_place}
}

test_allows_what_is_below if {
	every pair in [[0, 1], [1, 2], [2, 3], ["0%", 1], ["50%", 2], ["49%", 2], ["66%", 3], ["90%", 10]] {
		_places(_with(pair[0], pair[1])) == set()
		_judged(_with(pair[0], pair[1])) == testing.ids(testing.all, {_budget})
	}
}

test_judges_no_budget_by_what_may_be_missing if {
	_judged(testing.all) == set()
	_places(testing.all) == set()
}

test_judges_no_budget_of_what_is_not_scaled if {
	every set in [
		testing.patched(_with(2, 2), _budget, [{"op": "replace", "path": "/metadata/namespace", "value": "staging"}]),
		testing.patched(_with(2, 2), _budget, [{"op": "replace", "path": "/spec/selector/matchLabels", "value": {"app.kubernetes.io/name": "ledger"}}]),
		testing.patched(_with(2, 2), _scaler, [{"op": "replace", "path": "/spec/scaleTargetRef/name", "value": "other"}]),
	] {
		_judged(set) == set()
		_places(set) == set()
	}
}

test_applies_to_its_kinds_only if {
	set := _with(1, 2)
	_judged(set) == testing.ids(set, {_budget})
}
