package hallmark.manifests.capabilities_added_test

import data.hallmark.manifests.capabilities_added
import data.hallmark.testing

_places(set) := testing.places(set, found) if {
	found := capabilities_added.violations with input as set
}

_adding(capabilities) := [{"op": "add", "path": "/securityContext/capabilities/add", "value": capabilities}]

test_denies_every_kind_of_container if {
	every field in testing.containers {
		_places(testing.container(field, _adding(["NET_ADMIN"]))) == testing.in_pod([sprintf("%s/0/securityContext/capabilities/add/0", [field])])
	}
}

test_denies_other_capabilities_and_spellings if {
	every capability in ["SYS_ADMIN", "NET_RAW", "SYS_PTRACE", "ALL", "CAP_CHOWN", "chown", ""] {
		_places(testing.container("containers", _adding([capability]))) == testing.in_pod(["containers/0/securityContext/capabilities/add/0"])
	}
}

test_denies_both_of_two if {
	_places(testing.container("containers", _adding(["NET_ADMIN", "CHOWN", "CAP_CHOWN"]))) == testing.in_pod([
		"containers/0/securityContext/capabilities/add/0",
		"containers/0/securityContext/capabilities/add/2",
	])
}

test_denies_both_of_two_containers if {
	_places(testing.twice(_adding(["NET_ADMIN"]))) == testing.in_pod([
		"containers/0/securityContext/capabilities/add/0",
		"containers/1/securityContext/capabilities/add/0",
	])
}

test_allows_every_one_of_the_baseline if {
	every capability in [
		"AUDIT_WRITE", "CHOWN", "DAC_OVERRIDE", "FOWNER", "FSETID", "KILL", "MKNOD",
		"NET_BIND_SERVICE", "SETFCAP", "SETGID", "SETPCAP", "SETUID", "SYS_CHROOT",
	] {
		_places(testing.container("containers", _adding([capability]))) == set()
	}
}

test_allows_what_is_as_it_should_be if {
	_places(testing.all) == set()
}

test_applies_to_its_kinds_only if {
	found := capabilities_added.applies with input as testing.all
	found == testing.ids(testing.all, testing.workloads)
}
