package hallmark.manifests.duplicate_env_test

import data.hallmark.manifests.duplicate_env
import data.hallmark.testing

test_denies_container if {
	set := testing.changed("apps/Deployment", [{"op": "add", "path": "/spec/template/spec/containers/0/env", "value": [{"name": "A", "value": "1"}, {"name": "B", "value": "1"}, {"name": "A", "value": "2"}]}])
	found := duplicate_env.violations with input as set
	testing.places(set, found) == {"Deployment: spec/template/spec/containers/0/env/2"}
}

test_denies_init_container if {
	set := testing.changed("apps/Deployment", [testing.extra("initContainers"), {"op": "add", "path": "/spec/template/spec/initContainers/0/env", "value": [{"name": "A", "value": "1"}, {"name": "B", "value": "1"}, {"name": "A", "value": "2"}]}])
	found := duplicate_env.violations with input as set
	testing.places(set, found) == {"Deployment: spec/template/spec/initContainers/0/env/2"}
}

test_denies_ephemeral_container if {
	set := testing.changed("apps/Deployment", [testing.extra("ephemeralContainers"), {"op": "add", "path": "/spec/template/spec/ephemeralContainers/0/env", "value": [{"name": "A", "value": "1"}, {"name": "B", "value": "1"}, {"name": "A", "value": "2"}]}])
	found := duplicate_env.violations with input as set
	testing.places(set, found) == {"Deployment: spec/template/spec/ephemeralContainers/0/env/2"}
}

test_allows_what_is_as_it_should_be if {
	set := testing.all
	found := duplicate_env.violations with input as set
	count(found) == 0
}

test_applies_to_its_kinds_only if {
	found := duplicate_env.applies with input as testing.all
	testing.kinds(testing.all, found) == {"CronJob", "Deployment", "StatefulSet"}
}
