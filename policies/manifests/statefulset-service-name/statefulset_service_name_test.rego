package hallmark.manifests.statefulset_service_name_test

import data.hallmark.manifests.statefulset_service_name
import data.hallmark.testing

_stateful := "apps/StatefulSet"

_service := "/Service"

_place := "StatefulSet: spec/serviceName"

_places(set) := testing.places(set, found) if {
	found := statefulset_service_name.violations with input as set
}

test_denies_no_name if {
	every path in ["/spec/serviceName", "/spec"] {
		_places(testing.changed(_stateful, [{"op": "remove", "path": path}])) == {_place}
	}
}

test_denies_another_name if {
	every name in ["", "other", "quotes"] {
		_places(testing.changed(_stateful, [{"op": "replace", "path": "/spec/serviceName", "value": name}])) == {_place}
	}
}

test_denies_service_with_an_address if {
	every patch in [
		{"op": "remove", "path": "/spec/clusterIP"},
		{"op": "replace", "path": "/spec/clusterIP", "value": ""},
		{"op": "replace", "path": "/spec/clusterIP", "value": "10.0.0.1"},
	] {
		set := testing.only([_service, _stateful], [{"op": "add", "path": "/spec/clusterIP", "value": "None"}])
		_places(set) == set()
		_places(testing.patched(set, _service, [patch])) == {_place}
	}
}

test_denies_service_for_other_pods if {
	every patch in [
		{"op": "replace", "path": "/spec/selector", "value": {"app.kubernetes.io/name": "other"}},
		{"op": "remove", "path": "/spec/selector"},
		{"op": "replace", "path": "/metadata/namespace", "value": "staging"},
	] {
		_places(testing.changed(_service, [patch])) == {_place}
	}
}

test_denies_no_service if {
	_places(testing.without(_service)) == {_place}
}

test_denies_one_of_two if {
	set := testing.doubled(testing.all, _stateful, [{"op": "replace", "path": "/spec/serviceName", "value": "other"}])
	found := statefulset_service_name.violations with input as set
	{one.object | some one in found} == {id | some id in testing.ids(set, {_stateful}); id > 1000}
	count(found) == 1
}

test_allows_what_is_as_it_should_be if {
	_places(testing.all) == set()
}

test_applies_to_its_kinds_only if {
	set := testing.doubled(testing.all, _stateful, [])
	found := statefulset_service_name.applies with input as set
	found == testing.ids(set, {_stateful})
}
