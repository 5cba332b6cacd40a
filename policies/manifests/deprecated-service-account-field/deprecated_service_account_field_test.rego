package hallmark.manifests.deprecated_service_account_field_test

import data.hallmark.manifests.deprecated_service_account_field
import data.hallmark.testing

_places(set) := testing.places(set, found) if {
	found := deprecated_service_account_field.violations with input as set
}

_old := {"op": "add", "path": "/serviceAccount", "value": "quotes"}

test_denies_old_field_alone if {
	every patch in [{"op": "remove", "path": "/serviceAccountName"}, {"op": "replace", "path": "/serviceAccountName", "value": ""}] {
		_places(testing.pod([patch, _old])) == testing.in_pod(["serviceAccount"])
	}
}

test_allows_both if {
	_places(testing.pod([_old])) == set()
}

test_allows_neither if {
	_places(testing.pod([{"op": "remove", "path": "/serviceAccountName"}])) == set()
	_places(testing.pod([{"op": "remove", "path": "/serviceAccountName"}, {"op": "add", "path": "/serviceAccount", "value": ""}])) == set()
}

test_allows_what_is_as_it_should_be if {
	_places(testing.all) == set()
}

test_applies_to_its_kinds_only if {
	found := deprecated_service_account_field.applies with input as testing.all
	found == testing.ids(testing.all, testing.workloads)
}
