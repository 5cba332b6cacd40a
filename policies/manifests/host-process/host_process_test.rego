package hallmark.manifests.host_process_test

import data.hallmark.manifests.host_process
import data.hallmark.testing

_places(set) := testing.places(set, found) if {
	found := host_process.violations with input as set
}

_with(value) := [{"op": "add", "path": "/securityContext/windowsOptions", "value": {"hostProcess": value}}]

test_denies_every_kind_of_container if {
	every field in testing.containers {
		_places(testing.container(field, _with(true))) == testing.in_pod([sprintf("%s/0/securityContext/windowsOptions/hostProcess", [field])])
	}
}

test_denies_pod if {
	_places(testing.pod(_with(true))) == testing.in_pod(["securityContext/windowsOptions/hostProcess"])
}

test_denies_both_of_two_containers if {
	_places(testing.twice(_with(true))) == testing.in_pod([
		"containers/0/securityContext/windowsOptions/hostProcess",
		"containers/1/securityContext/windowsOptions/hostProcess",
	])
}

test_allows_false_and_other_options if {
	_places(testing.pod(_with(false))) == set()
	_places(testing.container("containers", _with(false))) == set()
	_places(testing.pod([{"op": "add", "path": "/securityContext/windowsOptions", "value": {"runAsUserName": "a"}}])) == set()
}

test_allows_what_is_as_it_should_be if {
	_places(testing.all) == set()
}

test_applies_to_its_kinds_only if {
	found := host_process.applies with input as testing.all
	found == testing.ids(testing.all, testing.workloads)
}
