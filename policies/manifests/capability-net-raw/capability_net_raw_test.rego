package hallmark.manifests.capability_net_raw_test

import data.hallmark.manifests.capability_net_raw
import data.hallmark.testing

_places(set) := testing.places(set, found) if {
	found := capability_net_raw.violations with input as set
}

_dropping(capabilities) := [{"op": "replace", "path": "/securityContext/capabilities/drop", "value": capabilities}]

_adding(capabilities) := [{"op": "add", "path": "/securityContext/capabilities/add", "value": capabilities}]

test_denies_every_kind_of_container if {
	every field in testing.containers {
		_places(testing.container(field, _dropping([]))) == testing.in_pod([sprintf("%s/0/securityContext/capabilities", [field])])
	}
}

test_denies_what_is_left_out if {
	every path in ["/securityContext", "/securityContext/capabilities", "/securityContext/capabilities/drop"] {
		_places(testing.container("containers", [{"op": "remove", "path": path}])) == testing.in_pod(["containers/0/securityContext/capabilities"])
	}
}

test_denies_other_capabilities_and_spellings if {
	every capability in ["CAP_NET_RAW", "net_raw", "all", "NET_ADMIN"] {
		_places(testing.container("containers", _dropping([capability]))) == testing.in_pod(["containers/0/securityContext/capabilities"])
	}
}

test_denies_raw_sockets_added_back if {
	every capability in ["NET_RAW", "CAP_NET_RAW", "net_raw", "ALL", "all"] {
		_places(testing.container("containers", _adding(["CHOWN", capability]))) == testing.in_pod(["containers/0/securityContext/capabilities"])
	}
}

test_denies_both_of_two_containers if {
	_places(testing.twice(_dropping([]))) == testing.in_pod([
		"containers/0/securityContext/capabilities",
		"containers/1/securityContext/capabilities",
	])
}

test_allows_raw_sockets_dropped_alone if {
	_places(testing.container("containers", _dropping(["CHOWN", "NET_RAW"]))) == set()
}

test_allows_another_capability_added_back if {
	_places(testing.container("containers", _adding(["NET_BIND_SERVICE"]))) == set()
}

test_allows_what_is_as_it_should_be if {
	_places(testing.all) == set()
}

test_applies_to_its_kinds_only if {
	found := capability_net_raw.applies with input as testing.all
	found == testing.ids(testing.all, testing.workloads)
}
