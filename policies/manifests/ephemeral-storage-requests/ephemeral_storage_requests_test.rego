package hallmark.manifests.ephemeral_storage_requests_test

import data.hallmark.manifests.ephemeral_storage_requests
import data.hallmark.testing

test_denies_container if {
	set := testing.changed("apps/Deployment", [{"op": "remove", "path": "/spec/template/spec/containers/0/resources/requests/ephemeral-storage"}, {"op": "remove", "path": "/spec/template/spec/containers/0/resources/limits/ephemeral-storage"}])
	found := ephemeral_storage_requests.violations with input as set
	testing.places(set, found) == {"Deployment: spec/template/spec/containers/0/resources/requests"}
}

test_denies_no_resources_at_all if {
	set := testing.changed("apps/Deployment", [{"op": "remove", "path": "/spec/template/spec/containers/0/resources"}])
	found := ephemeral_storage_requests.violations with input as set
	testing.places(set, found) == {"Deployment: spec/template/spec/containers/0/resources/requests"}
}

test_denies_init_container if {
	set := testing.changed("apps/Deployment", [testing.extra("initContainers"), {"op": "remove", "path": "/spec/template/spec/initContainers/0/resources/requests/ephemeral-storage"}, {"op": "remove", "path": "/spec/template/spec/initContainers/0/resources/limits/ephemeral-storage"}])
	found := ephemeral_storage_requests.violations with input as set
	testing.places(set, found) == {"Deployment: spec/template/spec/initContainers/0/resources/requests"}
}

test_allows_what_is_as_it_should_be if {
	set := testing.all
	found := ephemeral_storage_requests.violations with input as set
	count(found) == 0
}

test_allows_limit_that_becomes_the_request if {
	set := testing.changed("apps/Deployment", [{"op": "remove", "path": "/spec/template/spec/containers/0/resources/requests/ephemeral-storage"}])
	found := ephemeral_storage_requests.violations with input as set
	count(found) == 0
}

test_allows_request_without_a_limit if {
	set := testing.changed("apps/Deployment", [{"op": "replace", "path": "/spec/template/spec/containers/0/resources", "value": {"requests": {"ephemeral-storage": "1"}}}])
	found := ephemeral_storage_requests.violations with input as set
	count(found) == 0
}

test_applies_to_its_kinds_only if {
	found := ephemeral_storage_requests.applies with input as testing.all
	testing.kinds(testing.all, found) == {"CronJob", "Deployment", "StatefulSet"}
}
