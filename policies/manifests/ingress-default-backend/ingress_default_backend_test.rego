package hallmark.manifests.ingress_default_backend_test

import data.hallmark.manifests.ingress_default_backend
import data.hallmark.testing

_ingress := "networking.k8s.io/Ingress"

_places(set) := testing.places(set, found) if {
	found := ingress_default_backend.violations with input as set
}

_backend := {"service": {"name": "quotes", "port": {"name": "http"}}}

test_denies_default_backend if {
	_places(testing.changed(_ingress, [{"op": "add", "path": "/spec/defaultBackend", "value": _backend}])) == {"Ingress: spec/defaultBackend"}
}

test_denies_resource if {
	backend := {"resource": {"kind": "StorageBucket", "name": "static"}}
	_places(testing.changed(_ingress, [{"op": "add", "path": "/spec/defaultBackend", "value": backend}])) == {"Ingress: spec/defaultBackend"}
}

test_denies_alone if {
	_places(testing.changed(_ingress, [{"op": "replace", "path": "/spec", "value": {"defaultBackend": _backend}}])) == {"Ingress: spec/defaultBackend"}
}

test_denies_empty if {
	_places(testing.changed(_ingress, [{"op": "add", "path": "/spec/defaultBackend", "value": {}}])) == {"Ingress: spec/defaultBackend"}
}

test_denies_old_version if {
	changed := testing.changed(_ingress, [{"op": "add", "path": "/spec/backend", "value": {"serviceName": "quotes", "servicePort": 80}}])
	_places(changed) == {"Ingress: spec/backend"}
	_places(testing.retyped(changed, _ingress, "extensions/Ingress")) == {"Ingress: spec/backend"}
}

test_allows_what_is_as_it_should_be if {
	_places(testing.all) == set()
}

test_applies_to_its_kinds_only if {
	every type in [_ingress, "extensions/Ingress"] {
		set := testing.retyped(testing.all, _ingress, type)
		found := ingress_default_backend.applies with input as set
		testing.kinds(set, found) == {"Ingress"}
	}
}
