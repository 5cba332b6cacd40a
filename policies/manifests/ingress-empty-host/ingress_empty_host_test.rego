package hallmark.manifests.ingress_empty_host_test

import data.hallmark.manifests.ingress_empty_host
import data.hallmark.testing

_ingress := "networking.k8s.io/Ingress"

_places(set) := testing.places(set, found) if {
	found := ingress_empty_host.violations with input as set
}

_hostless := {"op": "add", "path": "/spec/rules/-", "value": {"http": {"paths": []}}}

test_denies_none if {
	_places(testing.changed(_ingress, [{"op": "remove", "path": "/spec/rules/0/host"}])) == {"Ingress: spec/rules/0"}
}

test_denies_empty if {
	_places(testing.changed(_ingress, [{"op": "replace", "path": "/spec/rules/0/host", "value": ""}])) == {"Ingress: spec/rules/0"}
}

test_denies_both_after_the_first if {
	_places(testing.changed(_ingress, [_hostless, _hostless])) == {"Ingress: spec/rules/1", "Ingress: spec/rules/2"}
}

test_denies_old_version if {
	set := testing.retyped(testing.changed(_ingress, [_hostless]), _ingress, "extensions/Ingress")
	_places(set) == {"Ingress: spec/rules/1"}
}

test_allows_wildcard if {
	_places(testing.changed(_ingress, [{"op": "replace", "path": "/spec/rules/0/host", "value": "*.example.org"}])) == set()
}

test_allows_no_rule if {
	_places(testing.changed(_ingress, [{"op": "remove", "path": "/spec/rules"}])) == set()
}

test_allows_what_is_as_it_should_be if {
	_places(testing.all) == set()
}

test_applies_to_its_kinds_only if {
	every type in [_ingress, "extensions/Ingress"] {
		set := testing.retyped(testing.all, _ingress, type)
		found := ingress_empty_host.applies with input as set
		testing.kinds(set, found) == {"Ingress"}
	}
}
