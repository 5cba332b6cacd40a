package hallmark.manifests.service_account_token_automount_set_test

import data.hallmark.manifests.service_account_token_automount_set
import data.hallmark.testing

_deployment := "apps/Deployment"

_account := "/ServiceAccount"

_at := "/spec/template/spec/automountServiceAccountToken"

_place := "Deployment: spec/template/spec/automountServiceAccountToken"

_silent := {"op": "remove", "path": _at}

_places(set) := testing.places(set, found) if {
	found := service_account_token_automount_set.violations with input as set
}

test_denies_true if {
	_places(testing.changed(_deployment, [{"op": "replace", "path": _at, "value": true}])) == {_place}
}

test_denies_silent_pod_of_an_account_that_does_not_keep_it if {
	every patch in [
		{"op": "remove", "path": "/automountServiceAccountToken"},
		{"op": "replace", "path": "/automountServiceAccountToken", "value": true},
		{"op": "replace", "path": "/metadata/namespace", "value": "staging"},
		{"op": "replace", "path": "/metadata/name", "value": "other"},
	] {
		_places(testing.patched(testing.changed(_deployment, [_silent]), _account, [patch])) == {_place}
	}
}

test_denies_silent_pod_of_another_account if {
	every patch in [
		{"op": "remove", "path": "/spec/template/spec/serviceAccountName"},
		{"op": "replace", "path": "/spec/template/spec/serviceAccountName", "value": "other"},
	] {
		_places(testing.changed(_deployment, [_silent, patch])) == {_place}
	}
}

test_denies_without_any_account if {
	_places(testing.only([_deployment], [_silent])) == {_place}
}

test_allows_silent_pod_of_an_account_that_keeps_it if {
	_places(testing.changed(_deployment, [_silent])) == set()
	named := testing.doubled(testing.all, _account, [{"op": "replace", "path": "/metadata/name", "value": "default"}])
	unnamed := {"op": "remove", "path": "/spec/template/spec/serviceAccountName"}
	_places(testing.patched(named, _deployment, [_silent, unnamed])) == set()
}

test_allows_pod_that_says_so_itself if {
	_places(testing.without(_account)) == set()
}

test_allows_what_is_as_it_should_be if {
	_places(testing.all) == set()
}

test_applies_to_its_kinds_only if {
	found := service_account_token_automount_set.applies with input as testing.all
	found == testing.ids(testing.all, testing.workloads)
}
