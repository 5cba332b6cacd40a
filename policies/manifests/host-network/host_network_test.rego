package hallmark.manifests.host_network_test

import data.hallmark.manifests.host_network
import data.hallmark.testing

_places(set) := testing.places(set, found) if {
	found := host_network.violations with input as set
}

_with(value) := testing.pod([{"op": "add", "path": "/hostNetwork", "value": value}])

test_denies_true if {
	_places(_with(true)) == testing.in_pod(["hostNetwork"])
}

test_denies_pod if {
	_places(testing.as_kind("/Pod", [{"op": "add", "path": "/spec/hostNetwork", "value": true}])) == {"Pod: spec/hostNetwork"}
}

test_allows_false if {
	_places(_with(false)) == set()
}

test_allows_the_other_namespaces if {
	every field in {"hostIPC", "hostNetwork", "hostPID"} - {"hostNetwork"} {
		_places(testing.pod([{"op": "add", "path": sprintf("/%s", [field]), "value": true}])) == set()
	}
}

test_allows_what_is_as_it_should_be if {
	_places(testing.all) == set()
}

test_applies_to_its_kinds_only if {
	found := host_network.applies with input as testing.all
	found == testing.ids(testing.all, testing.workloads)
}
