package hallmark.manifests.image_registry_allowed_test

import data.hallmark.manifests.image_registry_allowed
import data.hallmark.testing

test_denies_container if {
	set := testing.changed("apps/Deployment", [{"op": "add", "path": "/spec/template/spec/containers/0/image", "value": "example.org/a@sha256:0000000000000000000000000000000000000000000000000000000000000000"}])
	found := image_registry_allowed.violations with input as set
	testing.places(set, found) == {"Deployment: spec/template/spec/containers/0/image"}
}

test_denies_registry_that_begins_alike if {
	set := testing.changed("apps/Deployment", [{"op": "add", "path": "/spec/template/spec/containers/0/image", "value": "registry.hallmark.internal.example.org/a"}])
	found := image_registry_allowed.violations with input as set
	testing.places(set, found) == {"Deployment: spec/template/spec/containers/0/image"}
}

test_denies_no_image if {
	set := testing.changed("apps/Deployment", [{"op": "remove", "path": "/spec/template/spec/containers/0/image"}])
	found := image_registry_allowed.violations with input as set
	testing.places(set, found) == {"Deployment: spec/template/spec/containers/0/image"}
}

test_denies_init_container if {
	set := testing.changed("apps/Deployment", [testing.extra("initContainers"), {"op": "add", "path": "/spec/template/spec/initContainers/0/image", "value": "example.org/a@sha256:0000000000000000000000000000000000000000000000000000000000000000"}])
	found := image_registry_allowed.violations with input as set
	testing.places(set, found) == {"Deployment: spec/template/spec/initContainers/0/image"}
}

test_denies_ephemeral_container if {
	set := testing.changed("apps/Deployment", [testing.extra("ephemeralContainers"), {"op": "add", "path": "/spec/template/spec/ephemeralContainers/0/image", "value": "example.org/a@sha256:0000000000000000000000000000000000000000000000000000000000000000"}])
	found := image_registry_allowed.violations with input as set
	testing.places(set, found) == {"Deployment: spec/template/spec/ephemeralContainers/0/image"}
}

test_allows_what_is_as_it_should_be if {
	set := testing.all
	found := image_registry_allowed.violations with input as set
	count(found) == 0
}

test_allows_each_of_two_registries if {
	set := testing.changed("apps/Deployment", [testing.extra("initContainers"), {"op": "add", "path": "/spec/template/spec/initContainers/0/image", "value": "example.org/a"}])
	found := image_registry_allowed.violations with input as set
		with data.parameters.image_registries as ["example.org/", "registry.hallmark.internal/"]
	count(found) == 0
}

test_applies_to_its_kinds_only if {
	found := image_registry_allowed.applies with input as testing.all
	testing.kinds(testing.all, found) == {"CronJob", "Deployment", "StatefulSet"}
}
