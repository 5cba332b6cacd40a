package hallmark.manifests.seccomp_unconfined_test

import data.hallmark.manifests.seccomp_unconfined
import data.hallmark.testing

_places(set) := testing.places(set, found) if {
	found := seccomp_unconfined.violations with input as set
}

_with(type) := [{"op": "replace", "path": "/securityContext/seccompProfile", "value": {"type": type}}]

test_denies_every_kind_of_container if {
	every field in testing.containers {
		_places(testing.container(field, _with("Unconfined"))) == testing.in_pod([sprintf("%s/0/securityContext/seccompProfile", [field])])
	}
}

test_denies_pod if {
	_places(testing.pod(_with("Unconfined"))) == testing.in_pod(["securityContext/seccompProfile"])
}

test_denies_both_of_two_containers if {
	_places(testing.twice(_with("Unconfined"))) == testing.in_pod(["containers/0/securityContext/seccompProfile", "containers/1/securityContext/seccompProfile"])
}

test_allows_other_types if {
	every type in ["RuntimeDefault", "Localhost"] {
		_places(testing.container("containers", _with(type))) == set()
		_places(testing.pod(_with(type))) == set()
	}
}

test_allows_profile_left_out if {
	gone := {"op": "remove", "path": "/securityContext/seccompProfile"}
	_places(testing.container("containers", [gone])) == set()
	_places(testing.pod([gone])) == set()
}

test_allows_what_is_as_it_should_be if {
	_places(testing.all) == set()
}

test_applies_to_its_kinds_only if {
	found := seccomp_unconfined.applies with input as testing.all
	found == testing.ids(testing.all, testing.workloads)
}
