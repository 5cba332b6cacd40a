package hallmark.manifests.proc_mount_test

import data.hallmark.manifests.proc_mount
import data.hallmark.testing

_places(set) := testing.places(set, found) if {
	found := proc_mount.violations with input as set
}

_with(value) := [{"op": "add", "path": "/securityContext/procMount", "value": value}]

test_denies_every_kind_of_container if {
	every field in testing.containers {
		_places(testing.container(field, _with("Unmasked"))) == testing.in_pod([sprintf("%s/0/securityContext/procMount", [field])])
	}
}

test_denies_both_of_two_containers if {
	_places(testing.twice(_with("default"))) == testing.in_pod(["containers/0/securityContext/procMount", "containers/1/securityContext/procMount"])
}

test_allows_default if {
	_places(testing.container("containers", _with("Default"))) == set()
}

test_allows_what_is_as_it_should_be if {
	_places(testing.all) == set()
}

test_applies_to_its_kinds_only if {
	found := proc_mount.applies with input as testing.all
	found == testing.ids(testing.all, testing.workloads)
}
