package hallmark.manifests.ingress_wildcard_host_test

import data.hallmark.manifests.ingress_wildcard_host
import data.hallmark.testing

_ingress := "networking.k8s.io/Ingress"

_places(set) := testing.places(set, found) if {
	found := ingress_wildcard_host.violations with input as set
}

_wild := {"op": "add", "path": "/spec/rules/-", "value": {"host": "*.example.org"}}

test_denies_every_wildcard if {
	every host in ["*", "*.example.org", "*.eu.example.org"] {
		_places(testing.changed(_ingress, [{"op": "replace", "path": "/spec/rules/0/host", "value": host}])) == {"Ingress: spec/rules/0"}
	}
}

test_denies_both_after_the_first if {
	_places(testing.changed(_ingress, [_wild, _wild])) == {"Ingress: spec/rules/1", "Ingress: spec/rules/2"}
}

test_denies_old_version if {
	set := testing.retyped(testing.changed(_ingress, [_wild]), _ingress, "extensions/Ingress")
	_places(set) == {"Ingress: spec/rules/1"}
}

test_allows_no_host if {
	_places(testing.changed(_ingress, [{"op": "remove", "path": "/spec/rules/0/host"}])) == set()
}

# A certificate for a whole domain serves the hosts of the rules and no other.
test_allows_certificate_of_a_domain if {
	_places(testing.changed(_ingress, [{"op": "replace", "path": "/spec/tls/0/hosts/0", "value": "*.example.org"}])) == set()
}

test_allows_what_is_as_it_should_be if {
	_places(testing.all) == set()
}

test_applies_to_its_kinds_only if {
	every type in [_ingress, "extensions/Ingress"] {
		set := testing.retyped(testing.all, _ingress, type)
		found := ingress_wildcard_host.applies with input as set
		testing.kinds(set, found) == {"Ingress"}
	}
}
