package hallmark.manifests.service_account_exists_test

import data.hallmark.manifests.service_account_exists
import data.hallmark.testing

_deployment := "apps/Deployment"

_at := "/spec/template/spec/serviceAccountName"

_place := "Deployment: spec/template/spec/serviceAccountName"

_places(set) := testing.places(set, found) if {
	found := service_account_exists.violations with input as set
}

_judged(set) := found if {
	found := service_account_exists.applies with input as set
}

test_denies_another_account if {
	_places(testing.changed(_deployment, [{"op": "replace", "path": _at, "value": "other"}])) == {_place}
}

test_denies_account_by_the_deprecated_field if {
	every name in [{"op": "remove", "path": _at}, {"op": "replace", "path": _at, "value": ""}] {
		deprecated := {"op": "add", "path": "/spec/template/spec/serviceAccount", "value": "other"}
		_places(testing.changed(_deployment, [name, deprecated])) == {_place}
	}
}

test_denies_account_of_another_namespace if {
	set := testing.changed("/ServiceAccount", [{"op": "replace", "path": "/metadata/namespace", "value": "staging"}])
	_places(set) == {
		"CronJob: spec/jobTemplate/spec/template/spec/serviceAccountName",
		"StatefulSet: spec/template/spec/serviceAccountName",
		_place,
	}
}

test_denies_set_without_accounts if {
	_places(testing.as_kind("/Pod", [])) == {"Pod: spec/serviceAccountName"}
}

test_allows_another_name_in_the_deprecated_field if {
	_places(testing.changed(_deployment, [{"op": "add", "path": "/spec/template/spec/serviceAccount", "value": "other"}])) == set()
}

test_judges_no_pod_of_the_account_default if {
	every patch in [{"op": "remove", "path": _at}, {"op": "replace", "path": _at, "value": "default"}] {
		set := testing.only([_deployment], [patch])
		_judged(set) == set()
		_places(set) == set()
	}
}

test_allows_what_is_as_it_should_be if {
	_places(testing.all) == set()
}

test_applies_to_its_kinds_only if {
	_judged(testing.all) == testing.ids(testing.all, testing.workloads)
}
