package hallmark.manifests.ssh_port_test

import data.hallmark.manifests.ssh_port
import data.hallmark.testing

_deployment := "apps/Deployment"

_places(set) := testing.places(set, found) if {
	found := ssh_port.violations with input as set
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
		_places(_with(field, [{"containerPort": 22}, {"containerPort": 8080}, {"containerPort": 22, "protocol": "TCP"}])) == {_place(field, 0), _place(field, 2)}
	}
}

test_allows_other_protocols if {
	every protocol in ["UDP", "SCTP"] {
		_places(_with("containers", [{"containerPort": 22, "protocol": protocol}])) == set()
	}
}

test_allows_other_ports if {
	every port in [21, 23, 220, 2222] {
		_places(_with("containers", [{"containerPort": port, "hostPort": 22}])) == set()
	}
}

test_allows_what_is_as_it_should_be if {
	_places(testing.all) == set()
}

test_applies_to_its_kinds_only if {
	found := ssh_port.applies with input as testing.all
	found == testing.ids(testing.all, testing.workloads)
}
