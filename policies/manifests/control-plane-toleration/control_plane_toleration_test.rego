package hallmark.manifests.control_plane_toleration_test

import data.hallmark.manifests.control_plane_toleration
import data.hallmark.testing

test_denies_second_toleration if {
	set := testing.changed("apps/Deployment", [{"op": "add", "path": "/spec/template/spec/tolerations", "value": [{"key": "x", "operator": "Exists"}, {"key": "node-role.kubernetes.io/control-plane", "operator": "Exists"}]}])
	found := control_plane_toleration.violations with input as set
	testing.places(set, found) == {"Deployment: spec/template/spec/tolerations/1"}
}

test_denies_both_names_of_the_taint if {
	set := testing.changed("apps/Deployment", [{"op": "add", "path": "/spec/template/spec/tolerations", "value": [{"key": "node-role.kubernetes.io/control-plane", "operator": "Exists"}, {"key": "node-role.kubernetes.io/master", "operator": "Exists"}]}])
	found := control_plane_toleration.violations with input as set
	testing.places(set, found) == {"Deployment: spec/template/spec/tolerations/0", "Deployment: spec/template/spec/tolerations/1"}
}

test_allows_what_is_as_it_should_be if {
	set := testing.all
	found := control_plane_toleration.violations with input as set
	count(found) == 0
}

test_allows_another_toleration if {
	set := testing.changed("apps/Deployment", [{"op": "add", "path": "/spec/template/spec/tolerations", "value": [{"key": "x", "operator": "Exists"}]}])
	found := control_plane_toleration.violations with input as set
	count(found) == 0
}

test_applies_to_its_kinds_only if {
	found := control_plane_toleration.applies with input as testing.all
	testing.kinds(testing.all, found) == {"CronJob", "Deployment", "StatefulSet"}
}
