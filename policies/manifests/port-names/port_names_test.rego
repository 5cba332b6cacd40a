package hallmark.manifests.port_names_test

import data.hallmark.manifests.port_names
import data.hallmark.testing

_deployment := "apps/Deployment"

_places(set) := testing.places(set, found) if {
	found := port_names.violations with input as set
}

# The Deployment, one container of which has these ports.
_with(field, ports) := testing.changed(_deployment, array.concat(
	[testing.extra(field) | field != "containers"],
	[{"op": "add", "path": sprintf("/spec/template/spec/%s/0/ports", [field]), "value": ports}],
))

_fields := ["containers", "initContainers", "ephemeralContainers"]

test_denies_all_of_every_kind_of_container if {
	every field in _fields {
		_places(_with(field, [{"containerPort": 1}, {"containerPort": 2, "name": "a"}, {"containerPort": 3, "name": ""}])) == {
			sprintf("Deployment: spec/template/spec/%s/0/ports/0", [field]),
			sprintf("Deployment: spec/template/spec/%s/0/ports/2", [field]),
		}
	}
}

test_allows_no_port if {
	_places(_with("containers", [])) == set()
	_places(testing.changed(_deployment, [{"op": "remove", "path": "/spec/template/spec/containers/0/ports"}])) == set()
}

test_allows_what_is_as_it_should_be if {
	_places(testing.all) == set()
}

test_applies_to_its_kinds_only if {
	found := port_names.applies with input as testing.all
	found == testing.ids(testing.all, testing.workloads)
}
