package hallmark.manifests.hpa_target_exists_test

import data.hallmark.manifests.hpa_target_exists
import data.hallmark.testing

_scaler := "autoscaling/HorizontalPodAutoscaler"

_place := "HorizontalPodAutoscaler: spec/scaleTargetRef"

_places(set) := testing.places(set, found) if {
	found := hpa_target_exists.violations with input as set
}

test_denies_another_name_kind_or_namespace if {
	every patch in [
		{"op": "replace", "path": "/spec/scaleTargetRef/name", "value": "other"},
		{"op": "replace", "path": "/spec/scaleTargetRef/kind", "value": "StatefulSet"},
		{"op": "replace", "path": "/metadata/namespace", "value": "other"},
	] {
		_places(testing.changed(_scaler, [patch])) == {_place}
	}
}

test_denies_no_target if {
	every path in ["/spec", "/spec/scaleTargetRef", "/spec/scaleTargetRef/name", "/spec/scaleTargetRef/kind"] {
		_places(testing.changed(_scaler, [{"op": "remove", "path": path}])) == {_place}
	}
}

test_denies_both_of_two if {
	set := testing.doubled(testing.without("apps/Deployment"), _scaler, [])
	found := hpa_target_exists.violations with input as set
	{one.object | some one in found} == testing.ids(set, {_scaler})
	count(found) == 2
}

test_allows_another_kind_that_is_there if {
	stateful := {"op": "replace", "path": "/spec/scaleTargetRef", "value": {"kind": "StatefulSet", "name": "ledger"}}
	_places(testing.changed(_scaler, [stateful])) == set()
}

test_allows_what_is_as_it_should_be if {
	_places(testing.all) == set()
}

test_applies_to_its_kinds_only if {
	found := hpa_target_exists.applies with input as testing.all
	found == testing.ids(testing.all, {_scaler})
}
