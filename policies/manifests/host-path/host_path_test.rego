package hallmark.manifests.host_path_test

import data.hallmark.manifests.host_path
import data.hallmark.testing

_places(set) := testing.places(set, found) if {
	found := host_path.violations with input as set
}

_with(volumes) := testing.pod([{"op": "add", "path": "/volumes/-", "value": volume} | some volume in volumes])

_host(path) := {"name": "host", "hostPath": {"path": path}}

test_denies_all_of_several if {
	_places(_with([_host("/etc"), {"name": "a", "emptyDir": {}}, _host("/var/log")])) == testing.in_pod(["volumes/1", "volumes/3"])
}

test_denies_what_says_hardly_anything if {
	_places(_with([{"hostPath": {}}])) == testing.in_pod(["volumes/1"])
}

test_denies_pod if {
	set := testing.as_kind("/Pod", [{"op": "add", "path": "/spec/volumes/-", "value": _host("/")}])
	_places(set) == {"Pod: spec/volumes/1"}
}

test_allows_other_volumes if {
	_places(_with([{"name": "a", "configMap": {"name": "b"}}, {"name": "hostPath", "emptyDir": {}}])) == set()
}

test_allows_what_is_as_it_should_be if {
	_places(testing.all) == set()
}

test_applies_to_its_kinds_only if {
	found := host_path.applies with input as testing.all
	found == testing.ids(testing.all, testing.workloads)
}
