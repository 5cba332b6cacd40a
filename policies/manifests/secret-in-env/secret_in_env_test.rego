package hallmark.manifests.secret_in_env_test

import data.hallmark.manifests.secret_in_env
import data.hallmark.testing

test_denies_container if {
	set := testing.changed("apps/Deployment", [{"op": "add", "path": "/spec/template/spec/containers/0/env", "value": [{"name": "DB_PASSWORD", "value": "hunter2"}]}])
	found := secret_in_env.violations with input as set
	testing.places(set, found) == {"Deployment: spec/template/spec/containers/0/env/0"}
}

test_denies_both_of_two if {
	set := testing.changed("apps/Deployment", [{"op": "add", "path": "/spec/template/spec/containers/0/env", "value": [{"name": "TOKEN", "value": "x"}, {"name": "A", "value": "b"}, {"name": "AZURE_STORAGE_KEY", "value": "x"}]}])
	found := secret_in_env.violations with input as set
	testing.places(set, found) == {"Deployment: spec/template/spec/containers/0/env/0", "Deployment: spec/template/spec/containers/0/env/2"}
}

test_denies_private_key if {
	set := testing.changed("apps/Deployment", [{"op": "add", "path": "/spec/template/spec/containers/0/env", "value": [{"name": "A", "value": "-----BEGIN RSA PRIVATE KEY-----"}]}])
	found := secret_in_env.violations with input as set
	testing.places(set, found) == {"Deployment: spec/template/spec/containers/0/env/0"}
}

test_denies_init_container if {
	set := testing.changed("apps/Deployment", [testing.extra("initContainers"), {"op": "add", "path": "/spec/template/spec/initContainers/0/env", "value": [{"name": "DB_PASSWORD", "value": "hunter2"}]}])
	found := secret_in_env.violations with input as set
	testing.places(set, found) == {"Deployment: spec/template/spec/initContainers/0/env/0"}
}

test_denies_ephemeral_container if {
	set := testing.changed("apps/Deployment", [testing.extra("ephemeralContainers"), {"op": "add", "path": "/spec/template/spec/ephemeralContainers/0/env", "value": [{"name": "DB_PASSWORD", "value": "hunter2"}]}])
	found := secret_in_env.violations with input as set
	testing.places(set, found) == {"Deployment: spec/template/spec/ephemeralContainers/0/env/0"}
}

test_allows_what_is_as_it_should_be if {
	set := testing.all
	found := secret_in_env.violations with input as set
	count(found) == 0
}

test_allows_reference_to_a_secret if {
	set := testing.changed("apps/Deployment", [{"op": "add", "path": "/spec/template/spec/containers/0/env", "value": [{"name": "DB_PASSWORD", "valueFrom": {"secretKeyRef": {"name": "a", "key": "b"}}}]}])
	found := secret_in_env.violations with input as set
	count(found) == 0
}

test_applies_to_its_kinds_only if {
	found := secret_in_env.applies with input as testing.all
	testing.kinds(testing.all, found) == {"CronJob", "Deployment", "StatefulSet"}
}
