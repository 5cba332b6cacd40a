package hallmark.manifests.capability_sys_admin_test

import data.hallmark.manifests.capability_sys_admin
import data.hallmark.testing

_places(set) := testing.places(set, found) if {
	found := capability_sys_admin.violations with input as set
}

_adding(capabilities) := [{"op": "add", "path": "/securityContext/capabilities/add", "value": capabilities}]

test_denies_every_kind_of_container if {
	every field in testing.containers {
		_places(testing.container(field, _adding(["SYS_ADMIN"]))) == testing.in_pod([sprintf("%s/0/securityContext/capabilities/add/0", [field])])
	}
}

test_denies_every_spelling if {
	every capability in ["SYS_ADMIN", "CAP_SYS_ADMIN", "sys_admin", "cap_sys_admin", "ALL", "all", "CAP_ALL"] {
		_places(testing.container("containers", _adding(["CHOWN", capability]))) == testing.in_pod(["containers/0/securityContext/capabilities/add/1"])
	}
}

test_denies_both_of_two_containers if {
	_places(testing.twice(_adding(["SYS_ADMIN"]))) == testing.in_pod([
		"containers/0/securityContext/capabilities/add/0",
		"containers/1/securityContext/capabilities/add/0",
	])
}

test_allows_other_capabilities if {
	_places(testing.container("containers", _adding(["CHOWN", "NET_ADMIN", "SYS_ADMINS", "SYS_CHROOT"]))) == set()
}

test_allows_what_is_as_it_should_be if {
	_places(testing.all) == set()
}

test_applies_to_its_kinds_only if {
	found := capability_sys_admin.applies with input as testing.all
	found == testing.ids(testing.all, testing.workloads)
}
