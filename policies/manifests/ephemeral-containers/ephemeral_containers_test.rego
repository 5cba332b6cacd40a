package hallmark.manifests.ephemeral_containers_test

import data.hallmark.manifests.ephemeral_containers
import data.hallmark.testing

test_denies_ephemeral_container if {
	set := testing.changed("apps/Deployment", [testing.extra("ephemeralContainers")])
	found := ephemeral_containers.violations with input as set
	testing.places(set, found) == {"Deployment: spec/template/spec/ephemeralContainers"}
}

test_allows_what_is_as_it_should_be if {
	set := testing.all
	found := ephemeral_containers.violations with input as set
	count(found) == 0
}

test_applies_to_its_kinds_only if {
	found := ephemeral_containers.applies with input as testing.all
	testing.kinds(testing.all, found) == {"CronJob", "Deployment", "StatefulSet"}
}
