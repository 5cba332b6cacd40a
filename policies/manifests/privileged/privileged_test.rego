package hallmark.manifests.privileged_test

import data.hallmark.manifests.privileged
import data.hallmark.testing

test_denies_container if {
	set := testing.changed("apps/Deployment", [{"op": "add", "path": "/spec/template/spec/containers/0/securityContext/privileged", "value": true}])
	found := privileged.violations with input as set
	testing.places(set, found) == {"Deployment: spec/template/spec/containers/0/securityContext/privileged"}
}

test_denies_every_container_that_is if {
	set := testing.changed("apps/Deployment", [testing.extra("initContainers"), {"op": "add", "path": "/spec/template/spec/containers/0/securityContext/privileged", "value": true}, {"op": "add", "path": "/spec/template/spec/initContainers/0/securityContext/privileged", "value": true}])
	found := privileged.violations with input as set
	testing.places(set, found) == {"Deployment: spec/template/spec/containers/0/securityContext/privileged", "Deployment: spec/template/spec/initContainers/0/securityContext/privileged"}
}

test_denies_init_container if {
	set := testing.changed("apps/Deployment", [testing.extra("initContainers"), {"op": "add", "path": "/spec/template/spec/initContainers/0/securityContext/privileged", "value": true}])
	found := privileged.violations with input as set
	testing.places(set, found) == {"Deployment: spec/template/spec/initContainers/0/securityContext/privileged"}
}

test_denies_ephemeral_container if {
	set := testing.changed("apps/Deployment", [testing.extra("ephemeralContainers"), {"op": "add", "path": "/spec/template/spec/ephemeralContainers/0/securityContext/privileged", "value": true}])
	found := privileged.violations with input as set
	testing.places(set, found) == {"Deployment: spec/template/spec/ephemeralContainers/0/securityContext/privileged"}
}

test_allows_what_is_as_it_should_be if {
	set := testing.all
	found := privileged.violations with input as set
	count(found) == 0
}

test_allows_privileged_left_out if {
	set := testing.changed("apps/Deployment", [{"op": "remove", "path": "/spec/template/spec/containers/0/securityContext/privileged"}])
	found := privileged.violations with input as set
	count(found) == 0
}

test_applies_to_its_kinds_only if {
	found := privileged.applies with input as testing.all
	testing.kinds(testing.all, found) == {"CronJob", "Deployment", "StatefulSet"}
}
