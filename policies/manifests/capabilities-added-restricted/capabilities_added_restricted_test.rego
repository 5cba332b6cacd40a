package hallmark.manifests.capabilities_added_restricted_test

import data.hallmark.manifests.capabilities_added_restricted
import data.hallmark.testing

_places(set) := testing.places(set, found) if {
	found := capabilities_added_restricted.violations with input as set
}

_adding(capabilities) := [{"op": "add", "path": "/securityContext/capabilities/add", "value": capabilities}]

test_denies_every_kind_of_container if {
	every field in testing.containers {
		_places(testing.container(field, _adding(["CHOWN"]))) == testing.in_pod([sprintf("%s/0/securityContext/capabilities/add/0", [field])])
	}
}

test_denies_other_capabilities_and_spellings if {
	every capability in ["KILL", "ALL", "CAP_NET_BIND_SERVICE", "net_bind_service"] {
		_places(testing.container("containers", _adding([capability]))) == testing.in_pod(["containers/0/securityContext/capabilities/add/0"])
	}
}

test_denies_both_of_two if {
	_places(testing.container("containers", _adding(["CHOWN", "NET_BIND_SERVICE", "KILL"]))) == testing.in_pod([
		"containers/0/securityContext/capabilities/add/0",
		"containers/0/securityContext/capabilities/add/2",
	])
}

test_denies_both_of_two_containers if {
	_places(testing.twice(_adding(["CHOWN"]))) == testing.in_pod([
		"containers/0/securityContext/capabilities/add/0",
		"containers/1/securityContext/capabilities/add/0",
	])
}

test_allows_net_bind_service if {
	_places(testing.container("containers", _adding(["NET_BIND_SERVICE"]))) == set()
}

test_allows_what_is_as_it_should_be if {
	_places(testing.all) == set()
}

test_applies_to_its_kinds_only if {
	found := capabilities_added_restricted.applies with input as testing.all
	found == testing.ids(testing.all, testing.workloads)
}
