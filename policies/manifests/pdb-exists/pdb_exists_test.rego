package hallmark.manifests.pdb_exists_test

import data.hallmark.manifests.pdb_exists
import data.hallmark.testing

_deployment := "apps/Deployment"

_stateful := "apps/StatefulSet"

_budget := "policy/PodDisruptionBudget"

_places(set) := testing.places(set, found) if {
	found := pdb_exists.violations with input as set
}

_judged(set) := found if {
	found := pdb_exists.applies with input as set
}

_replicas(number) := {"op": "add", "path": "/spec/replicas", "value": number}

test_denies_no_budget if {
	_places(testing.without(_budget)) == {"Deployment: spec/template"}
}

test_denies_several_replicas_of_both_kinds if {
	every type in [_deployment, _stateful] {
		_places(testing.only([type], [_replicas(2)])) == {sprintf("%s: spec/template", [split(type, "/")[1]])}
	}
}

test_denies_old_version if {
	set := testing.retyped(testing.only([_deployment], [_replicas(2)]), _deployment, "extensions/Deployment")
	_places(set) == {"Deployment: spec/template"}
}

test_denies_second_workload if {
	set := testing.changed(_stateful, [_replicas(3)])
	_places(set) == {"StatefulSet: spec/template"}
	_judged(set) == testing.ids(set, {_deployment, _stateful})
}

test_denies_budget_for_others if {
	every patch in [
		{"op": "replace", "path": "/spec/selector/matchLabels/app.kubernetes.io~1name", "value": "other"},
		{"op": "replace", "path": "/metadata/namespace", "value": "staging"},
		{"op": "remove", "path": "/spec/selector"},
	] {
		_places(testing.changed(_budget, [patch])) == {"Deployment: spec/template"}
	}
}

test_allows_budget_for_every_pod if {
	_places(testing.changed(_budget, [{"op": "replace", "path": "/spec/selector", "value": {}}])) == set()
}

test_judges_no_single_replica if {
	_judged(testing.only([_deployment], [])) == set()
	_judged(testing.only([_stateful], [_replicas(1)])) == set()
	_judged(testing.only(["batch/CronJob"], [])) == set()
}

test_judges_no_other_kind if {
	_judged(testing.retyped(testing.only([_stateful], [_replicas(2)]), _stateful, "apps/ReplicaSet")) == set()
}

test_allows_what_is_as_it_should_be if {
	_places(testing.all) == set()
}

test_applies_to_its_kinds_only if {
	_judged(testing.all) == testing.ids(testing.all, {_deployment})
}
