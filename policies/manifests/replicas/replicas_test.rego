package hallmark.manifests.replicas_test

import data.hallmark.manifests.replicas
import data.hallmark.testing

_deployment := "apps/Deployment"

_places(set) := testing.places(set, found) if {
	found := replicas.violations with input as set
}

_judged(set) := found if {
	found := replicas.applies with input as set
}

# The Deployment without its autoscaler, with this number of replicas.
_with(number) := testing.only([_deployment], [{"op": "add", "path": "/spec/replicas", "value": number}])

test_denies_fewer_than_two if {
	every number in [0, 1] {
		_places(_with(number)) == {"Deployment: spec/replicas"}
	}
}

test_denies_unset if {
	_places(testing.only([_deployment], [])) == {"Deployment: spec/replicas"}
}

test_denies_both_of_two if {
	set := testing.doubled(testing.only([_deployment], []), _deployment, [{"op": "replace", "path": "/metadata/name", "value": "other"}])
	found := replicas.violations with input as set
	{one.object | some one in found} == testing.ids(set, {_deployment})
	count(found) == 2
}

test_denies_old_version if {
	_places(testing.retyped(_with(1), _deployment, "extensions/Deployment")) == {"Deployment: spec/replicas"}
}

test_allows_two_and_more if {
	every number in [2, 3] {
		_places(_with(number)) == set()
		_judged(_with(number)) == testing.ids(testing.all, {_deployment})
	}
}

test_judges_nothing_that_is_scaled if {
	_judged(testing.all) == set()
	_places(testing.all) == set()
	one := testing.changed(_deployment, [{"op": "add", "path": "/spec/replicas", "value": 1}])
	_places(one) == set()
}

test_judges_what_an_autoscaler_elsewhere_does_not_scale if {
	every patch in [
		{"op": "replace", "path": "/metadata/namespace", "value": "staging"},
		{"op": "replace", "path": "/spec/scaleTargetRef/name", "value": "other"},
		{"op": "replace", "path": "/spec/scaleTargetRef/kind", "value": "StatefulSet"},
	] {
		_places(testing.changed("autoscaling/HorizontalPodAutoscaler", [patch])) == {"Deployment: spec/replicas"}
	}
}
