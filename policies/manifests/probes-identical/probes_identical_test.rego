package hallmark.manifests.probes_identical_test

import data.hallmark.manifests.probes_identical
import data.hallmark.testing

_places(set) := testing.places(set, found) if {
	found := probes_identical.violations with input as set
}

# The probes of a container.
_with(field, liveness, readiness) := testing.container(field, [
	{"op": "add", "path": "/livenessProbe", "value": liveness},
	{"op": "add", "path": "/readinessProbe", "value": readiness},
])

_http := {"httpGet": {"port": 80}}

_exec := {"exec": {"command": ["a"]}}

test_denies_every_kind_of_container if {
	every field in testing.containers {
		_places(_with(field, _http, _http)) == testing.in_pod([sprintf("%s/0/readinessProbe", [field])])
	}
}

test_denies_both_of_two_containers if {
	same := [{"op": "copy", "from": "/spec/template/spec/containers/0/livenessProbe", "path": "/readinessProbe"}]
	_places(testing.twice(same)) == testing.in_pod(["containers/0/readinessProbe", "containers/1/readinessProbe"])
}

test_denies_defaults_written_out if {
	every default_ in [
		{"failureThreshold": 3}, {"initialDelaySeconds": 0}, {"periodSeconds": 10}, {"successThreshold": 1}, {"timeoutSeconds": 1},
		{"httpGet": {"path": "/"}}, {"httpGet": {"scheme": "HTTP"}},
	] {
		_places(_with("containers", object.union(_http, default_), _http)) == testing.in_pod(["containers/0/readinessProbe"])
		_places(_with("containers", _http, object.union(_http, default_))) == testing.in_pod(["containers/0/readinessProbe"])
	}
	_places(_with("containers", object.union(_exec, {"periodSeconds": 10}), _exec)) == testing.in_pod(["containers/0/readinessProbe"])
}

test_allows_any_difference if {
	every other in [
		_exec, {"httpGet": {"port": 81}}, {"httpGet": {"port": 80, "path": "/livez"}}, {"httpGet": {"port": 80, "scheme": "HTTPS"}},
		object.union(_http, {"failureThreshold": 4}), object.union(_http, {"initialDelaySeconds": 1}), object.union(_http, {"periodSeconds": 11}),
		object.union(_http, {"successThreshold": 2}), object.union(_http, {"timeoutSeconds": 2}),
	] {
		_places(_with("containers", other, _http)) == set()
		_places(_with("containers", _http, other)) == set()
	}
}

test_allows_one_probe if {
	every probe in ["livenessProbe", "readinessProbe"] {
		_places(testing.container("containers", [{"op": "remove", "path": sprintf("/%s", [probe])}])) == set()
	}
}

test_allows_what_is_as_it_should_be if {
	_places(testing.all) == set()
}

test_applies_to_its_kinds_only if {
	found := probes_identical.applies with input as testing.all
	found == testing.ids(testing.all, testing.workloads)
}
