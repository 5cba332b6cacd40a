package hallmark.manifests.pod_probes_service_test

import data.hallmark.manifests.pod_probes_service
import data.hallmark.testing

_deployment := "apps/Deployment"

_place := "Deployment: spec/template/spec/containers"

_probe := {"op": "remove", "path": "/spec/template/spec/containers/0/readinessProbe"}

_places(set) := testing.places(set, found) if {
	found := pod_probes_service.violations with input as set
}

_judged(set) := found if {
	found := pod_probes_service.applies with input as set
}

test_denies_no_probe if {
	_places(testing.changed(_deployment, [_probe])) == {_place}
}

test_denies_probe_that_asks_nothing if {
	_places(testing.changed(_deployment, [{"op": "replace", "path": "/spec/template/spec/containers/0/readinessProbe", "value": {"periodSeconds": 2}}])) == {_place}
}

test_denies_both_workloads_behind_services if {
	_places(testing.patched(testing.changed(_deployment, [_probe]), "apps/StatefulSet", [_probe])) == {_place, "StatefulSet: spec/template/spec/containers"}
}

test_denies_probe_of_an_init_container_that_ends if {
	set := testing.changed(_deployment, [
		_probe,
		testing.extra("initContainers"),
		{"op": "remove", "path": "/spec/template/spec/initContainers/0/restartPolicy"},
	])
	_places(set) == {_place}
}

test_denies_other_probes if {
	_places(testing.changed(_deployment, [_probe, {"op": "add", "path": "/spec/template/spec/containers/0/startupProbe", "value": {"exec": {}}}])) == {_place}
}

test_allows_one_container_of_two if {
	every place in ["0", "-"] {
		set := testing.changed(_deployment, [{"op": "add", "path": sprintf("/spec/template/spec/containers/%s", [place]), "value": {"name": "a"}}])
		_places(set) == set()
	}
}

test_allows_probe_of_an_init_container_that_runs_on if {
	_places(testing.changed(_deployment, [_probe, testing.extra("initContainers")])) == set()
}

test_judges_no_pod_without_a_service if {
	set := testing.only([_deployment, "batch/CronJob"], [_probe])
	_judged(set) == set()
	_places(set) == set()
	elsewhere := testing.patched(testing.changed(_deployment, [_probe]), "/Service", [{"op": "replace", "path": "/metadata/namespace", "value": "staging"}])
	_judged(elsewhere) == set()
}

test_judges_whatever_a_service_selects if {
	set := testing.changed("/Service", [{"op": "replace", "path": "/spec/selector", "value": {"app.kubernetes.io/name": "settle"}}])
	_judged(set) == testing.ids(set, {"batch/CronJob"})
}

test_allows_what_is_as_it_should_be if {
	_places(testing.all) == set()
}

test_applies_to_its_kinds_only if {
	_judged(testing.all) == testing.ids(testing.all, {_deployment, "apps/StatefulSet"})
}
