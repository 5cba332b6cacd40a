package hallmark.manifests.dangling_ingress_test

import data.hallmark.manifests.dangling_ingress
import data.hallmark.testing

_ingress := "networking.k8s.io/Ingress"

_places(set) := testing.places(set, found) if {
	found := dangling_ingress.violations with input as set
}

_at := "/spec/rules/0/http/paths/0/backend"

_place := "Ingress: spec/rules/0/http/paths/0/backend"

# The set with another backend on the only path.
_with(backend) := testing.changed(_ingress, [{"op": "replace", "path": _at, "value": backend}])

test_denies_other_service_or_port if {
	every backend in [
		{"service": {"name": "other", "port": {"name": "http"}}},
		{"service": {"name": "quotes", "port": {"name": "https"}}},
		{"service": {"name": "quotes", "port": {"number": 81}}},
		{"service": {"name": "quotes"}},
		{"service": {"port": {"name": "http"}}},
		{"service": {"name": "quotes", "port": {"name": "https", "number": 80}}},
		{"service": {"name": "quotes", "port": {"name": "http", "number": 81}}},
		{"serviceName": "other", "servicePort": "http"},
		{"serviceName": "quotes", "servicePort": "https"},
		{"serviceName": "quotes", "servicePort": 81},
		{"serviceName": "quotes", "servicePort": "80"},
		{"serviceName": "quotes"},
		{},
	] {
		_places(_with(backend)) == {_place}
	}
}

# A targetPort is the pod's and not the Service's.
test_denies_port_of_the_pod if {
	set := testing.patched(
		_with({"service": {"name": "quotes", "port": {"number": 8080}}}),
		"/Service",
		[{"op": "add", "path": "/spec/ports/0/targetPort", "value": 8080}],
	)
	_places(set) == {_place}
}

test_denies_second_path_and_second_rule if {
	bad := {"path": "/b", "backend": {"service": {"name": "other", "port": {"number": 80}}}}
	set := testing.changed(_ingress, [
		{"op": "add", "path": "/spec/rules/0/http/paths/-", "value": bad},
		{"op": "add", "path": "/spec/rules/-", "value": {"host": "b.example.org", "http": {"paths": [bad]}}},
	])
	_places(set) == {"Ingress: spec/rules/0/http/paths/1/backend", "Ingress: spec/rules/1/http/paths/0/backend"}
}

test_denies_default_backend_of_every_version if {
	new := {"op": "add", "path": "/spec/defaultBackend", "value": {"service": {"name": "other", "port": {"number": 80}}}}
	old := {"op": "add", "path": "/spec/backend", "value": {"serviceName": "other", "servicePort": 80}}
	_places(testing.changed(_ingress, [new])) == {"Ingress: spec/defaultBackend"}
	_places(testing.retyped(testing.changed(_ingress, [old]), _ingress, "extensions/Ingress")) == {"Ingress: spec/backend"}
}

test_denies_service_of_another_namespace if {
	_places(testing.changed(_ingress, [{"op": "replace", "path": "/metadata/namespace", "value": "staging"}])) == {_place}
}

test_denies_set_without_services if {
	_places(testing.without("/Service")) == {_place}
}

test_denies_service_without_ports if {
	_places(testing.changed("/Service", [{"op": "remove", "path": "/spec/ports"}])) == {_place}
}

test_allows_port_by_number_or_name_in_every_version if {
	every backend in [
		{"service": {"name": "quotes", "port": {"number": 80}}},
		{"service": {"name": "quotes", "port": {"name": "http"}}},
		{"service": {"name": "quotes", "port": {"name": "http", "number": 80}}},
		{"serviceName": "quotes", "servicePort": 80},
		{"serviceName": "quotes", "servicePort": "http"},
	] {
		_places(_with(backend)) == set()
		_places(testing.retyped(_with(backend), _ingress, "extensions/Ingress")) == set()
	}
}

test_allows_second_port_of_a_service if {
	changed := testing.patched(
		_with({"service": {"name": "quotes", "port": {"number": 9090}}}),
		"/Service",
		[{"op": "add", "path": "/spec/ports/-", "value": {"name": "metrics", "port": 9090}}],
	)
	_places(changed) == set()
}

test_judges_no_resource if {
	changed := _with({"resource": {"apiGroup": "example.org", "kind": "StorageBucket", "name": "static"}})
	_places(changed) == set()
	found := dangling_ingress.applies with input as changed
	found == set()
}

test_judges_no_ingress_without_backends if {
	changed := testing.changed(_ingress, [{"op": "remove", "path": "/spec/rules"}])
	found := dangling_ingress.applies with input as changed
	found == set()
}

test_allows_what_is_as_it_should_be if {
	_places(testing.all) == set()
}

test_applies_to_its_kinds_only if {
	every type in [_ingress, "extensions/Ingress"] {
		set := testing.retyped(testing.all, _ingress, type)
		found := dangling_ingress.applies with input as set
		testing.kinds(set, found) == {"Ingress"}
	}
}
