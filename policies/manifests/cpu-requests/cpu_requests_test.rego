package hallmark.manifests.cpu_requests_test

import data.hallmark.manifests.cpu_requests
import data.hallmark.testing

test_denies_container if {
	set := testing.changed("apps/Deployment", [{"op": "remove", "path": "/spec/template/spec/containers/0/resources/requests/cpu"}, {"op": "remove", "path": "/spec/template/spec/containers/0/resources/limits/cpu"}])
	found := cpu_requests.violations with input as set
	testing.places(set, found) == {"Deployment: spec/template/spec/containers/0/resources/requests"}
}

test_denies_no_resources_at_all if {
	set := testing.changed("apps/Deployment", [{"op": "remove", "path": "/spec/template/spec/containers/0/resources"}])
	found := cpu_requests.violations with input as set
	testing.places(set, found) == {"Deployment: spec/template/spec/containers/0/resources/requests"}
}

test_denies_init_container if {
	set := testing.changed("apps/Deployment", [testing.extra("initContainers"), {"op": "remove", "path": "/spec/template/spec/initContainers/0/resources/requests/cpu"}, {"op": "remove", "path": "/spec/template/spec/initContainers/0/resources/limits/cpu"}])
	found := cpu_requests.violations with input as set
	testing.places(set, found) == {"Deployment: spec/template/spec/initContainers/0/resources/requests"}
}

test_allows_what_is_as_it_should_be if {
	set := testing.all
	found := cpu_requests.violations with input as set
	count(found) == 0
}

test_allows_limit_that_becomes_the_request if {
	set := testing.changed("apps/Deployment", [{"op": "remove", "path": "/spec/template/spec/containers/0/resources/requests/cpu"}])
	found := cpu_requests.violations with input as set
	count(found) == 0
}

test_allows_request_without_a_limit if {
	set := testing.changed("apps/Deployment", [{"op": "replace", "path": "/spec/template/spec/containers/0/resources", "value": {"requests": {"cpu": "1"}}}])
	found := cpu_requests.violations with input as set
	count(found) == 0
}

test_applies_to_its_kinds_only if {
	found := cpu_requests.applies with input as testing.all
	testing.kinds(testing.all, found) == {"CronJob", "Deployment", "StatefulSet"}
}
