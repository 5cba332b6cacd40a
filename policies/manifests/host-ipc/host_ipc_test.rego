package hallmark.manifests.host_ipc_test

import data.hallmark.manifests.host_ipc
import data.hallmark.testing

test_denies_host_ipc if {
	set := testing.changed("apps/Deployment", [{"op": "add", "path": "/spec/template/spec/hostIPC", "value": true}])
	found := host_ipc.violations with input as set
	testing.places(set, found) == {"Deployment: spec/template/spec/hostIPC"}
}

test_allows_what_is_as_it_should_be if {
	set := testing.all
	found := host_ipc.violations with input as set
	count(found) == 0
}

test_allows_false if {
	set := testing.changed("apps/Deployment", [{"op": "add", "path": "/spec/template/spec/hostIPC", "value": false}])
	found := host_ipc.violations with input as set
	count(found) == 0
}

test_applies_to_its_kinds_only if {
	found := host_ipc.applies with input as testing.all
	testing.kinds(testing.all, found) == {"CronJob", "Deployment", "StatefulSet"}
}
