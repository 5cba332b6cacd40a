package hallmark.manifests.memory_limits_test

import data.hallmark.manifests.memory_limits
import data.hallmark.testing

test_denies_container if {
	set := testing.changed("apps/Deployment", [{"op": "remove", "path": "/spec/template/spec/containers/0/resources/limits/memory"}])
	found := memory_limits.violations with input as set
	testing.places(set, found) == {"Deployment: spec/template/spec/containers/0/resources/limits"}
}

test_denies_no_resources_at_all if {
	set := testing.changed("apps/Deployment", [{"op": "remove", "path": "/spec/template/spec/containers/0/resources"}])
	found := memory_limits.violations with input as set
	testing.places(set, found) == {"Deployment: spec/template/spec/containers/0/resources/limits"}
}

test_denies_init_container if {
	set := testing.changed("apps/Deployment", [testing.extra("initContainers"), {"op": "remove", "path": "/spec/template/spec/initContainers/0/resources/limits/memory"}])
	found := memory_limits.violations with input as set
	testing.places(set, found) == {"Deployment: spec/template/spec/initContainers/0/resources/limits"}
}

test_allows_what_is_as_it_should_be if {
	set := testing.all
	found := memory_limits.violations with input as set
	count(found) == 0
}

test_applies_to_its_kinds_only if {
	found := memory_limits.applies with input as testing.all
	testing.kinds(testing.all, found) == {"CronJob", "Deployment", "StatefulSet"}
}
