package hallmark.manifests.privileged_ports_test

import data.hallmark.manifests.privileged_ports
import data.hallmark.testing

_deployment := "apps/Deployment"

_places(set) := testing.places(set, found) if {
	found := privileged_ports.violations with input as set
}

# The Deployment, one container of which has these ports.
_with(field, ports) := testing.changed(_deployment, array.concat(
	[testing.extra(field) | field != "containers"],
	[{"op": "add", "path": sprintf("/spec/template/spec/%s/0/ports", [field]), "value": ports}],
))

_fields := ["containers", "initContainers", "ephemeralContainers"]

_place(field, index) := sprintf("Deployment: spec/template/spec/%s/0/ports/%d/containerPort", [field, index])

test_denies_all_of_every_kind_of_container if {
	every field in _fields {
		_places(_with(field, [{"containerPort": 80}, {"containerPort": 8080}, {"containerPort": 53, "protocol": "UDP"}])) == {_place(field, 0), _place(field, 2)}
	}
}

test_denies_up_to_the_bound if {
	every port in [1, 22, 443, 1023] {
		_places(_with("containers", [{"containerPort": port}])) == {_place("containers", 0)}
	}
}

test_denies_no_number if {
	_places(_with("containers", [{"name": "http"}])) == {_place("containers", 0)}
}

test_allows_from_the_bound_on if {
	every port in [1024, 1025, 65535] {
		_places(_with("containers", [{"containerPort": port}])) == set()
	}
}

test_allows_no_port if {
	_places(testing.changed(_deployment, [{"op": "remove", "path": "/spec/template/spec/containers/0/ports"}])) == set()
}

test_allows_what_is_as_it_should_be if {
	_places(testing.all) == set()
}

test_applies_to_its_kinds_only if {
	found := privileged_ports.applies with input as testing.all
	found == testing.ids(testing.all, testing.workloads)
}
