package hallmark.manifests.ingress_tls_test

import data.hallmark.manifests.ingress_tls
import data.hallmark.testing

_ingress := "networking.k8s.io/Ingress"

_places(set) := testing.places(set, found) if {
	found := ingress_tls.violations with input as set
}

test_denies_none if {
	_places(testing.changed(_ingress, [{"op": "remove", "path": "/spec/tls"}])) == {"Ingress: spec"}
}

test_denies_empty if {
	_places(testing.changed(_ingress, [{"op": "replace", "path": "/spec/tls", "value": []}])) == {"Ingress: spec"}
}

test_denies_no_spec if {
	_places(testing.changed(_ingress, [{"op": "remove", "path": "/spec"}])) == {"Ingress: spec"}
}

test_denies_old_version if {
	set := testing.retyped(testing.changed(_ingress, [{"op": "remove", "path": "/spec/tls"}]), _ingress, "extensions/Ingress")
	_places(set) == {"Ingress: spec"}
}

test_allows_section_without_a_secret if {
	_places(testing.changed(_ingress, [{"op": "remove", "path": "/spec/tls/0/secretName"}])) == set()
}

test_allows_what_is_as_it_should_be if {
	_places(testing.all) == set()
}

test_applies_to_its_kinds_only if {
	every type in [_ingress, "extensions/Ingress"] {
		set := testing.retyped(testing.all, _ingress, type)
		found := ingress_tls.applies with input as set
		testing.kinds(set, found) == {"Ingress"}
	}
}
