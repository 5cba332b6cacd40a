package hallmark.manifests.host_ports_test

import data.hallmark.manifests.host_ports
import data.hallmark.testing

_places(set) := testing.places(set, found) if {
	found := host_ports.violations with input as set
}

_with(field, ports) := testing.container(field, [{"op": "add", "path": "/ports", "value": ports}])

test_denies_all_of_every_kind_of_container if {
	every field in testing.containers {
		_places(_with(field, [{"containerPort": 1, "hostPort": 1}, {"containerPort": 2}, {"containerPort": 3, "hostPort": 65535, "hostIP": "127.0.0.1"}])) == testing.in_pod([
			sprintf("%s/0/ports/0/hostPort", [field]),
			sprintf("%s/0/ports/2/hostPort", [field]),
		])
	}
}

test_allows_zero if {
	_places(_with("containers", [{"containerPort": 1, "hostPort": 0}])) == set()
}

test_allows_what_is_as_it_should_be if {
	_places(testing.all) == set()
}

test_applies_to_its_kinds_only if {
	found := host_ports.applies with input as testing.all
	found == testing.ids(testing.all, testing.workloads)
}
