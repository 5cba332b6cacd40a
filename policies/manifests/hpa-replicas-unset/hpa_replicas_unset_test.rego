package hallmark.manifests.hpa_replicas_unset_test

import data.hallmark.manifests.hpa_replicas_unset
import data.hallmark.testing

_deployment := "apps/Deployment"

_scaler := "autoscaling/HorizontalPodAutoscaler"

_fixed := {"op": "add", "path": "/spec/replicas", "value": 3}

_places(set) := testing.places(set, found) if {
	found := hpa_replicas_unset.violations with input as set
}

_judged(set) := found if {
	found := hpa_replicas_unset.applies with input as set
}

test_denies_replicas_set if {
	_places(testing.changed(_deployment, [_fixed])) == {"Deployment: spec/replicas"}
}

test_denies_old_version if {
	set := testing.retyped(testing.changed(_deployment, [_fixed]), _deployment, "extensions/Deployment")
	_places(set) == {"Deployment: spec/replicas"}
}

test_denies_both_of_two if {
	renamed := {"op": "replace", "path": "/metadata/name", "value": "other"}
	scaled := testing.doubled(testing.changed(_deployment, [_fixed]), _deployment, [renamed])
	set := testing.doubled(scaled, _scaler, [{"op": "replace", "path": "/spec/scaleTargetRef/name", "value": "other"}])
	found := hpa_replicas_unset.violations with input as set
	{one.object | some one in found} == testing.ids(set, {_deployment})
	count(found) == 2
}

test_judges_nothing_that_is_not_scaled if {
	alone := testing.only([_deployment], [_fixed])
	_places(alone) == set()
	_judged(alone) == set()
	every patch in [
		{"op": "replace", "path": "/metadata/namespace", "value": "staging"},
		{"op": "replace", "path": "/spec/scaleTargetRef/name", "value": "other"},
		{"op": "replace", "path": "/spec/scaleTargetRef/kind", "value": "StatefulSet"},
	] {
		_judged(testing.changed(_scaler, [patch])) == set()
	}
}

test_allows_what_is_as_it_should_be if {
	_places(testing.all) == set()
}

test_applies_to_its_kinds_only if {
	_judged(testing.all) == testing.ids(testing.all, {_deployment})
}
