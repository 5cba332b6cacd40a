package hallmark.manifests.memory_requests_test

import data.hallmark.manifests.memory_requests
import data.hallmark.testing

_places(set) := testing.places(set, found) if {
	found := memory_requests.violations with input as set
}

_fields := ["containers", "initContainers"]

_place(field) := testing.in_pod([sprintf("%s/0/resources/requests", [field])])

_with(field, resources) := testing.container(field, [{"op": "add", "path": "/resources", "value": resources}])

test_denies_every_container_that_has_resources if {
	every field in _fields {
		_places(_with(field, {"requests": {"other": "1"}, "limits": {"other": "1"}})) == _place(field)
	}
}

test_denies_what_is_no_request if {
	every resources in [
		{},
		{"requests": {}},
		{"requests": {"memory": 0}},
		{"requests": {"memory": "lots"}},
		{"requests": {"memory": "0"}, "limits": {"memory": "1"}},
		{"limits": {"memory": "0"}},
	] {
		_places(_with("containers", resources)) == _place("containers")
	}
	_places(testing.container("containers", [{"op": "remove", "path": "/resources"}])) == _place("containers")
}

test_denies_both_of_two_containers if {
	_places(testing.twice([{"op": "replace", "path": "/resources", "value": {}}])) == testing.in_pod(["containers/0/resources/requests", "containers/1/resources/requests"])
}

test_allows_any_request if {
	every request in [1, 0.5, "1", "100m", "1Gi"] {
		_places(_with("containers", {"requests": {"memory": request}})) == set()
	}
}

test_allows_limit_that_becomes_the_request if {
	every field in _fields {
		_places(_with(field, {"limits": {"memory": "1"}})) == set()
		_places(_with(field, {"requests": {"other": "1"}, "limits": {"memory": "1"}})) == set()
	}
}

test_judges_no_ephemeral_container if {
	_places(testing.container("ephemeralContainers", [])) == set()
}

test_allows_what_is_as_it_should_be if {
	_places(testing.all) == set()
}

test_applies_to_its_kinds_only if {
	found := memory_requests.applies with input as testing.all
	found == testing.ids(testing.all, testing.workloads)
}
