package hallmark.manifests.host_path_test

import data.hallmark.manifests.host_path
import data.hallmark.testing

test_denies_host_path if {
	set := testing.changed("apps/Deployment", [{"op": "add", "path": "/spec/template/spec/volumes/-", "value": {"name": "host", "hostPath": {"path": "/etc"}}}])
	found := host_path.violations with input as set
	testing.places(set, found) == {"Deployment: spec/template/spec/volumes/1"}
}

test_denies_both_of_two if {
	set := testing.changed("apps/Deployment", [{"op": "add", "path": "/spec/template/spec/volumes/-", "value": {"name": "host", "hostPath": {"path": "/etc"}}}, {"op": "add", "path": "/spec/template/spec/volumes/-", "value": {"name": "host", "hostPath": {"path": "/var"}}}])
	found := host_path.violations with input as set
	testing.places(set, found) == {"Deployment: spec/template/spec/volumes/1", "Deployment: spec/template/spec/volumes/2"}
}

test_allows_what_is_as_it_should_be if {
	set := testing.all
	found := host_path.violations with input as set
	count(found) == 0
}

test_applies_to_its_kinds_only if {
	found := host_path.applies with input as testing.all
	testing.kinds(testing.all, found) == {"CronJob", "Deployment", "StatefulSet"}
}
