package hallmark.manifests.tiller_test

import data.hallmark.manifests.tiller
import data.hallmark.testing

test_denies_container if {
	set := testing.changed("apps/Deployment", [{"op": "add", "path": "/spec/template/spec/containers/0/image", "value": "example.org/helm/tiller:v2.17.0"}])
	found := tiller.violations with input as set
	testing.places(set, found) == {"Deployment: spec/template/spec/containers/0/image"}
}

test_denies_init_container if {
	set := testing.changed("apps/Deployment", [testing.extra("initContainers"), {"op": "add", "path": "/spec/template/spec/initContainers/0/image", "value": "example.org/helm/tiller:v2.17.0"}])
	found := tiller.violations with input as set
	testing.places(set, found) == {"Deployment: spec/template/spec/initContainers/0/image"}
}

test_denies_ephemeral_container if {
	set := testing.changed("apps/Deployment", [testing.extra("ephemeralContainers"), {"op": "add", "path": "/spec/template/spec/ephemeralContainers/0/image", "value": "example.org/helm/tiller:v2.17.0"}])
	found := tiller.violations with input as set
	testing.places(set, found) == {"Deployment: spec/template/spec/ephemeralContainers/0/image"}
}

test_allows_what_is_as_it_should_be if {
	set := testing.all
	found := tiller.violations with input as set
	count(found) == 0
}

test_allows_image_that_only_sounds_like_it if {
	set := testing.changed("apps/Deployment", [{"op": "add", "path": "/spec/template/spec/containers/0/image", "value": "example.org/tillerman:1"}])
	found := tiller.violations with input as set
	count(found) == 0
}

test_applies_to_its_kinds_only if {
	found := tiller.applies with input as testing.all
	testing.kinds(testing.all, found) == {"CronJob", "Deployment", "StatefulSet"}
}
