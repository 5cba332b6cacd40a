package hallmark.manifests.privileged_test

import data.hallmark.manifests.privileged
import data.hallmark.testing

_places(set) := testing.places(set, found) if {
	found := privileged.violations with input as set
}

_with(value) := [{"op": "replace", "path": "/securityContext/privileged", "value": value}]

test_denies_every_kind_of_container if {
	every field in testing.containers {
		_places(testing.container(field, _with(true))) == testing.in_pod([sprintf("%s/0/securityContext/privileged", [field])])
	}
}

test_denies_every_kind_of_object if {
	every type in ["/Pod", "/PodTemplate", "/ReplicationController", "apps/DaemonSet", "apps/ReplicaSet", "apps/StatefulSet", "batch/CronJob", "batch/Job", "extensions/Deployment"] {
		set := testing.as_kind(type, [{"op": "replace", "path": "/spec/containers/0/securityContext/privileged", "value": true}])
		found := privileged.violations with input as set
		{array.slice(one.path, count(one.path) - 5, count(one.path)) | some one in found} == {["spec", "containers", 0, "securityContext", "privileged"]}
	}
}

test_denies_both_of_two_containers if {
	_places(testing.twice(_with(true))) == testing.in_pod(["containers/0/securityContext/privileged", "containers/1/securityContext/privileged"])
}

test_denies_what_is_no_boolean if {
	_places(testing.container("containers", _with("true"))) == testing.in_pod(["containers/0/securityContext/privileged"])
}

test_allows_what_is_left_out if {
	every path in ["/securityContext/privileged", "/securityContext"] {
		_places(testing.container("containers", [{"op": "remove", "path": path}])) == set()
	}
}

test_allows_what_is_as_it_should_be if {
	_places(testing.all) == set()
}

test_applies_to_its_kinds_only if {
	found := privileged.applies with input as testing.all
	found == testing.ids(testing.all, testing.workloads)
}
