package hallmark.manifests.liveness_probe_test

import data.hallmark.manifests.liveness_probe
import data.hallmark.testing

_places(set) := testing.places(set, found) if {
	found := liveness_probe.violations with input as set
}

_without := [{"op": "remove", "path": "/livenessProbe"}]

_with(probe) := [{"op": "replace", "path": "/livenessProbe", "value": probe}]

test_denies_container if {
	_places(testing.container("containers", _without)) == testing.in_pod(["containers/0/livenessProbe"])
}

test_denies_probe_that_asks_nothing if {
	every probe in [{}, {"periodSeconds": 1}] {
		_places(testing.container("containers", _with(probe))) == testing.in_pod(["containers/0/livenessProbe"])
	}
}

test_denies_both_of_two_containers if {
	_places(testing.twice(_without)) == testing.in_pod(["containers/0/livenessProbe", "containers/1/livenessProbe"])
}

test_denies_pod if {
	_places(testing.as_kind("/Pod", [{"op": "remove", "path": "/spec/containers/0/livenessProbe"}])) == {"Pod: spec/containers/0/livenessProbe"}
}

test_allows_every_handler if {
	every handler in ["exec", "grpc", "httpGet", "tcpSocket"] {
		_places(testing.container("containers", _with({handler: {}}))) == set()
	}
}

test_allows_other_containers_without_it if {
	_places(testing.container("initContainers", _without)) == set()
	_places(testing.container("ephemeralContainers", [])) == set()
}

test_judges_no_job if {
	every type in ["batch/Job", "batch/CronJob"] {
		set := testing.as_kind(type, [{"op": "remove", "path": "/spec/containers/0/livenessProbe"}])
		_places(set) == set()
		found := liveness_probe.applies with input as set
		found == set()
	}
}

test_allows_what_is_as_it_should_be if {
	_places(testing.all) == set()
}

test_applies_to_its_kinds_only if {
	found := liveness_probe.applies with input as testing.all
	found == testing.ids(testing.all, {"apps/Deployment", "apps/StatefulSet"})
}
