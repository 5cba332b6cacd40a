package hallmark.manifests.cpu_limits_test

import data.hallmark.manifests.cpu_limits
import data.hallmark.testing

_places(set) := testing.places(set, found) if {
	found := cpu_limits.violations with input as set
}

_fields := ["containers", "initContainers"]

_place(field) := testing.in_pod([sprintf("%s/0/resources/limits", [field])])

_with(field, resources) := testing.container(field, [{"op": "add", "path": "/resources", "value": resources}])

test_denies_every_container_that_has_resources if {
	every field in _fields {
		_places(_with(field, {"requests": {"cpu": "1"}, "limits": {"other": "1"}})) == _place(field)
	}
}

test_denies_what_is_no_limit if {
	every resources in [{}, {"limits": {}}, {"limits": {"cpu": 0}}, {"limits": {"cpu": "0Mi"}}, {"limits": {"cpu": "lots"}}] {
		_places(_with("containers", resources)) == _place("containers")
	}
	_places(testing.container("containers", [{"op": "remove", "path": "/resources"}])) == _place("containers")
}

test_denies_both_of_two_containers if {
	_places(testing.twice([{"op": "remove", "path": "/resources/limits/cpu"}])) == testing.in_pod(["containers/0/resources/limits", "containers/1/resources/limits"])
}

test_allows_any_limit if {
	every limit in [1, 0.5, "1", "100m", "1Gi"] {
		_places(_with("containers", {"limits": {"cpu": limit}})) == set()
	}
}

test_judges_no_ephemeral_container if {
	_places(testing.container("ephemeralContainers", [])) == set()
}

test_allows_what_is_as_it_should_be if {
	_places(testing.all) == set()
}

test_applies_to_its_kinds_only if {
	found := cpu_limits.applies with input as testing.all
	found == testing.ids(testing.all, testing.workloads)
}
