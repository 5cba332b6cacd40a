package hallmark.manifests.capabilities_drop_all_test

import data.hallmark.manifests.capabilities_drop_all
import data.hallmark.testing

_places(set) := testing.places(set, found) if {
	found := capabilities_drop_all.violations with input as set
}

_dropping(capabilities) := [{"op": "replace", "path": "/securityContext/capabilities/drop", "value": capabilities}]

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

test_denies_what_is_not_all if {
	every capabilities in [["CAP_NET_RAW"], ["NET_RAW"], ["all"], ["CAP_ALL"], ["AUDIT_WRITE", "CHOWN", "KILL"]] {
		_places(testing.container("containers", _dropping(capabilities))) == testing.in_pod(["containers/0/securityContext/capabilities"])
	}
}

test_denies_both_of_two_containers if {
	_places(testing.twice(_dropping(["NET_RAW"]))) == testing.in_pod([
		"containers/0/securityContext/capabilities",
		"containers/1/securityContext/capabilities",
	])
}

test_allows_all_among_others if {
	_places(testing.container("containers", _dropping(["NET_RAW", "ALL"]))) == set()
}

test_judges_no_windows_pod if {
	set := testing.pod(array.concat([{"op": "add", "path": "/os", "value": {"name": "windows"}}], [{"op": "remove", "path": "/containers/0/securityContext/capabilities"}]))
	_places(set) == set()
	found := capabilities_drop_all.applies with input as set
	found == testing.ids(set, {"apps/StatefulSet", "batch/CronJob"})
}

test_allows_what_is_as_it_should_be if {
	_places(testing.all) == set()
}

test_applies_to_its_kinds_only if {
	found := capabilities_drop_all.applies with input as testing.all
	found == testing.ids(testing.all, testing.workloads)
}
