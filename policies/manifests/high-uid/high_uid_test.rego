package hallmark.manifests.high_uid_test

import data.hallmark.manifests.high_uid
import data.hallmark.testing

_deployment := "apps/Deployment"

_pod := "/spec/template/spec/securityContext/runAsUser"

_place(field) := sprintf("Deployment: spec/template/spec/%s/0/securityContext/runAsUser", [field])

_places(set) := testing.places(set, found) if {
	found := high_uid.violations with input as set
}

# The uid of the first container of a field.
_uid(field, uid) := {"op": "add", "path": sprintf("/spec/template/spec/%s/0/securityContext/runAsUser", [field]), "value": uid}

_without(field) := {"op": "remove", "path": sprintf("/spec/template/spec/%s/0/securityContext/runAsUser", [field])}

test_denies_low_uid_of_every_kind_of_container if {
	_places(testing.changed(_deployment, [_uid("containers", 1000)])) == {_place("containers")}
	every field in ["initContainers", "ephemeralContainers"] {
		_places(testing.changed(_deployment, [testing.extra(field), _uid(field, 1000)])) == {_place(field)}
	}
}

test_denies_up_to_the_bound if {
	every uid in [0, 9999, 10000, "20000"] {
		_places(testing.changed(_deployment, [_uid("containers", uid)])) == {_place("containers")}
	}
}

test_denies_set_nowhere if {
	_places(testing.changed(_deployment, [_without("containers"), {"op": "remove", "path": _pod}])) == {_place("containers")}
}

test_denies_low_uid_of_the_pod if {
	_places(testing.changed(_deployment, [_without("containers"), {"op": "replace", "path": _pod, "value": 1000}])) == {_place("containers")}
}

test_allows_above_the_bound if {
	every uid in [10001, 65532] {
		_places(testing.changed(_deployment, [_uid("containers", uid)])) == set()
	}
}

test_allows_high_uid_of_the_pod_alone if {
	_places(testing.changed(_deployment, [_without("containers")])) == set()
}

test_allows_what_is_as_it_should_be if {
	_places(testing.all) == set()
}

test_judges_no_windows_pod if {
	windows := {"op": "add", "path": "/spec/template/spec/os", "value": {"name": "windows"}}
	set := testing.changed(_deployment, [windows, _uid("containers", 1000)])
	_places(set) == set()
	found := high_uid.applies with input as set
	found == testing.ids(set, {"apps/StatefulSet", "batch/CronJob"})
}

test_applies_to_its_kinds_only if {
	found := high_uid.applies with input as testing.all
	found == testing.ids(testing.all, testing.workloads)
}
