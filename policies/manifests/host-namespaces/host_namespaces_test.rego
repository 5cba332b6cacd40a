package hallmark.manifests.host_namespaces_test

import data.hallmark.manifests.host_namespaces
import data.hallmark.testing

_places(set) := testing.places(set, found) if {
	found := host_namespaces.violations with input as set
}

_fields := ["hostIPC", "hostNetwork", "hostPID"]

_with(field, value) := {"op": "add", "path": sprintf("/%s", [field]), "value": value}

test_denies_each if {
	every field in _fields {
		_places(testing.pod([_with(field, true)])) == testing.in_pod([field])
	}
}

test_denies_all_at_once if {
	_places(testing.pod([_with(field, true) | some field in _fields])) == testing.in_pod(_fields)
}

test_denies_pod if {
	_places(testing.as_kind("/Pod", [{"op": "add", "path": "/spec/hostPID", "value": true}])) == {"Pod: spec/hostPID"}
}

test_allows_false if {
	_places(testing.pod([_with(field, false) | some field in _fields])) == set()
}

test_allows_what_is_as_it_should_be if {
	_places(testing.all) == set()
}

test_applies_to_its_kinds_only if {
	found := host_namespaces.applies with input as testing.all
	found == testing.ids(testing.all, testing.workloads)
}
