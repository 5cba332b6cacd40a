package hallmark.manifests.pod_anti_affinity_test

import data.hallmark.manifests.pod_anti_affinity
import data.hallmark.testing

_deployment := "apps/Deployment"

_stateful := "apps/StatefulSet"

_scaler := "autoscaling/HorizontalPodAutoscaler"

_at := "/spec/template/spec/affinity"

_place := "Deployment: spec/template/spec/affinity"

_places(set) := testing.places(set, found) if {
	found := pod_anti_affinity.violations with input as set
}

_judged(set) := found if {
	found := pod_anti_affinity.applies with input as set
}

_with(affinity) := testing.changed(_deployment, [{"op": "replace", "path": _at, "value": affinity}])

_required(terms) := _with({"podAntiAffinity": {"requiredDuringSchedulingIgnoredDuringExecution": terms}})

_preferred(terms) := _with({"podAntiAffinity": {"preferredDuringSchedulingIgnoredDuringExecution": [{"weight": 1, "podAffinityTerm": term} | some term in terms]}})

_term(change) := object.union({"topologyKey": "kubernetes.io/hostname", "labelSelector": _own}, change)

_own := {"matchLabels": {"app.kubernetes.io/name": "quotes"}}

_other := {"topologyKey": "kubernetes.io/hostname", "labelSelector": {"matchLabels": {"app.kubernetes.io/name": "other"}}}

test_denies_none if {
	_places(testing.changed(_deployment, [{"op": "remove", "path": _at}])) == {_place}
	every affinity in [{}, {"podAntiAffinity": {}}, {"podAntiAffinity": {"preferredDuringSchedulingIgnoredDuringExecution": []}}] {
		_places(_with(affinity)) == {_place}
	}
}

test_denies_affinity if {
	_places(_with({"podAffinity": {"requiredDuringSchedulingIgnoredDuringExecution": [_term({})]}})) == {_place}
}

test_denies_what_does_not_reach_its_own_pods if {
	every term in [
		_other,
		{"topologyKey": "kubernetes.io/hostname"},
		_term({"labelSelector": {"matchLabels": {"tier": "web"}}}),
		_term({"namespaces": ["staging"]}),
		_term({"namespaceSelector": {"matchLabels": {"team": "quotes"}}}),
		_term({"namespaces": ["staging"], "namespaceSelector": {"matchLabels": {"team": "quotes"}}}),
		_term({"mismatchLabelKeys": ["app.kubernetes.io/name"]}),
	] {
		_places(_required([term])) == {_place}
		_places(_preferred([term])) == {_place}
	}
}

test_denies_stateful_set_of_several_replicas if {
	several := [{"op": "replace", "path": "/spec/replicas", "value": 2}, {"op": "remove", "path": _at}]
	set := testing.changed(_stateful, several)
	_places(set) == {"StatefulSet: spec/template/spec/affinity"}
	_judged(set) == testing.ids(set, {_deployment, _stateful})
}

test_denies_old_version if {
	set := testing.retyped(testing.changed(_deployment, [{"op": "remove", "path": _at}]), _deployment, "extensions/Deployment")
	_places(set) == {_place}
}

test_allows_what_reaches_its_own_pods if {
	every term in [
		_term({}),
		_term({"labelSelector": {"matchLabels": {}}}),
		_term({"labelSelector": {}}),
		_term({"namespaces": ["staging", "production"]}),
		_term({"namespaces": []}),
		_term({"namespaceSelector": {}}),
		_term({"mismatchLabelKeys": []}),
		_term({"matchLabelKeys": ["pod-template-hash"], "topologyKey": "topology.kubernetes.io/zone"}),
	] {
		_places(_required([_other, term])) == set()
		_places(_preferred([_other, term])) == set()
	}
}

test_judges_no_single_replica if {
	_judged(testing.without(_scaler)) == set()
	_places(testing.patched(testing.without(_scaler), _deployment, [{"op": "remove", "path": _at}])) == set()
}

test_judges_no_other_kind if {
	every type in ["apps/ReplicaSet", "batch/Job", "/ReplicationController"] {
		set := testing.patched(testing.as_kind(type, []), type, [{"op": "add", "path": "/spec/replicas", "value": 3}])
		_judged(set) == set()
	}
}

test_allows_what_is_as_it_should_be if {
	_places(testing.all) == set()
}

test_applies_to_its_kinds_only if {
	_judged(testing.all) == testing.ids(testing.all, {_deployment})
}
