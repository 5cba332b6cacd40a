package hallmark.manifests.container_security_context_test

import data.hallmark.manifests.container_security_context
import data.hallmark.testing

test_denies_container if {
	set := testing.changed("apps/Deployment", [{"op": "remove", "path": "/spec/template/spec/containers/0/securityContext"}])
	found := container_security_context.violations with input as set
	testing.places(set, found) == {"Deployment: spec/template/spec/containers/0"}
}

test_denies_empty_context if {
	set := testing.changed("apps/Deployment", [{"op": "add", "path": "/spec/template/spec/containers/0/securityContext", "value": {}}])
	found := container_security_context.violations with input as set
	testing.places(set, found) == {"Deployment: spec/template/spec/containers/0"}
}

test_denies_init_container if {
	set := testing.changed("apps/Deployment", [testing.extra("initContainers"), {"op": "remove", "path": "/spec/template/spec/initContainers/0/securityContext"}])
	found := container_security_context.violations with input as set
	testing.places(set, found) == {"Deployment: spec/template/spec/initContainers/0"}
}

test_denies_ephemeral_container if {
	set := testing.changed("apps/Deployment", [testing.extra("ephemeralContainers"), {"op": "remove", "path": "/spec/template/spec/ephemeralContainers/0/securityContext"}])
	found := container_security_context.violations with input as set
	testing.places(set, found) == {"Deployment: spec/template/spec/ephemeralContainers/0"}
}

test_allows_what_is_as_it_should_be if {
	set := testing.all
	found := container_security_context.violations with input as set
	count(found) == 0
}

test_allows_a_single_setting if {
	set := testing.changed("apps/Deployment", [{"op": "add", "path": "/spec/template/spec/containers/0/securityContext", "value": {"privileged": false}}])
	found := container_security_context.violations with input as set
	count(found) == 0
}

test_applies_to_its_kinds_only if {
	found := container_security_context.applies with input as testing.all
	testing.kinds(testing.all, found) == {"CronJob", "Deployment", "StatefulSet"}
}
