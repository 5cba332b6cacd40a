package hallmark.manifests.host_ipc_test

import data.hallmark.manifests.host_ipc
import data.hallmark.testing

_places(set) := testing.places(set, found) if {
	found := host_ipc.violations with input as set
}

_with(value) := testing.pod([{"op": "add", "path": "/hostIPC", "value": value}])

test_denies_true if {
	_places(_with(true)) == testing.in_pod(["hostIPC"])
}

test_denies_pod if {
	_places(testing.as_kind("/Pod", [{"op": "add", "path": "/spec/hostIPC", "value": true}])) == {"Pod: spec/hostIPC"}
}

test_allows_false if {
	_places(_with(false)) == set()
}

test_allows_the_other_namespaces if {
	every field in {"hostIPC", "hostNetwork", "hostPID"} - {"hostIPC"} {
		_places(testing.pod([{"op": "add", "path": sprintf("/%s", [field]), "value": true}])) == set()
	}
}

test_allows_what_is_as_it_should_be if {
	_places(testing.all) == set()
}

test_applies_to_its_kinds_only if {
	found := host_ipc.applies with input as testing.all
	found == testing.ids(testing.all, testing.workloads)
}
