package hallmark.lib.scaling_test

import data.hallmark.lib.scaling
import data.hallmark.testing

_scaler := "autoscaling/HorizontalPodAutoscaler"

_deployment := [entry | some entry in testing.all.objects; entry.type == "apps/Deployment"][0]

_stateful := [entry | some entry in testing.all.objects; entry.type == "apps/StatefulSet"][0]

_minimums(set, entry) := found if {
	found := scaling.minimums(entry) with input as set
}

test_finds_every_autoscaler if {
	set := testing.doubled(testing.all, _scaler, [])
	found := scaling.autoscalers with input as set
	{entry.id | some entry in found} == testing.ids(set, {_scaler})
	count(found) == 2
}

test_knows_the_least_number_of_what_is_scaled if {
	_minimums(testing.all, _deployment) == {2}
	_minimums(testing.all, _stateful) == set()
	_minimums(testing.without(_scaler), _deployment) == set()
	unset := testing.changed(_scaler, [{"op": "remove", "path": "/spec/minReplicas"}])
	_minimums(unset, _deployment) == {1}
	_minimums(testing.doubled(testing.all, _scaler, [{"op": "replace", "path": "/spec/minReplicas", "value": 5}]), _deployment) == {2, 5}
	elsewhere := [{"op": "replace", "path": "/spec/minReplicas", "value": 5}, {"op": "replace", "path": "/spec/scaleTargetRef/name", "value": "other"}]
	_minimums(testing.doubled(testing.all, _scaler, elsewhere), _deployment) == {2}
}

test_knows_each_of_two_targets if {
	set := testing.doubled(testing.all, _scaler, [{"op": "replace", "path": "/spec", "value": {
		"minReplicas": 5,
		"scaleTargetRef": {"kind": "StatefulSet", "name": "ledger"},
	}}])
	[_minimums(set, _deployment), _minimums(set, _stateful)] == [{2}, {5}]
}

test_asks_for_namespace_kind_and_name if {
	every patch in [
		{"op": "replace", "path": "/metadata/namespace", "value": "staging"},
		{"op": "replace", "path": "/spec/scaleTargetRef/name", "value": "other"},
		{"op": "replace", "path": "/spec/scaleTargetRef/kind", "value": "StatefulSet"},
	] {
		_minimums(testing.changed(_scaler, [patch]), _deployment) == set()
	}
}

test_knows_what_is_scaled if {
	scaling.is_scaled(_deployment) with input as testing.all
	not _stateful_is_scaled
}

_stateful_is_scaled if scaling.is_scaled(_stateful) with input as testing.all

test_knows_several_replicas if {
	scaling.has_several(_deployment) with input as testing.all
	not _has_several(testing.without(_scaler), _deployment)
	not _has_several(testing.all, _stateful)
	several := json.patch(_stateful, [{"op": "replace", "path": "/object/spec/replicas", "value": 2}])
	scaling.has_several(several) with input as testing.all
}

_has_several(set, entry) if scaling.has_several(entry) with input as set
