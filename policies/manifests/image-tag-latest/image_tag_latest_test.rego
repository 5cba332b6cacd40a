package hallmark.manifests.image_tag_latest_test

import data.hallmark.manifests.image_tag_latest
import data.hallmark.testing

test_denies_container if {
	set := testing.changed("apps/Deployment", [{"op": "add", "path": "/spec/template/spec/containers/0/image", "value": "example.org:5000/a"}])
	found := image_tag_latest.violations with input as set
	testing.places(set, found) == {"Deployment: spec/template/spec/containers/0/image"}
}

test_denies_latest if {
	set := testing.changed("apps/Deployment", [{"op": "add", "path": "/spec/template/spec/containers/0/image", "value": "a:latest"}])
	found := image_tag_latest.violations with input as set
	testing.places(set, found) == {"Deployment: spec/template/spec/containers/0/image"}
}

test_denies_no_image if {
	set := testing.changed("apps/Deployment", [{"op": "remove", "path": "/spec/template/spec/containers/0/image"}])
	found := image_tag_latest.violations with input as set
	testing.places(set, found) == {"Deployment: spec/template/spec/containers/0/image"}
}

test_denies_init_container if {
	set := testing.changed("apps/Deployment", [testing.extra("initContainers"), {"op": "add", "path": "/spec/template/spec/initContainers/0/image", "value": "example.org:5000/a"}])
	found := image_tag_latest.violations with input as set
	testing.places(set, found) == {"Deployment: spec/template/spec/initContainers/0/image"}
}

test_denies_ephemeral_container if {
	set := testing.changed("apps/Deployment", [testing.extra("ephemeralContainers"), {"op": "add", "path": "/spec/template/spec/ephemeralContainers/0/image", "value": "example.org:5000/a"}])
	found := image_tag_latest.violations with input as set
	testing.places(set, found) == {"Deployment: spec/template/spec/ephemeralContainers/0/image"}
}

test_allows_what_is_as_it_should_be if {
	set := testing.all
	found := image_tag_latest.violations with input as set
	count(found) == 0
}

test_allows_version if {
	set := testing.changed("apps/Deployment", [{"op": "add", "path": "/spec/template/spec/containers/0/image", "value": "example.org:5000/a:1.2"}])
	found := image_tag_latest.violations with input as set
	count(found) == 0
}

test_allows_latest_with_digest if {
	set := testing.changed("apps/Deployment", [{"op": "add", "path": "/spec/template/spec/containers/0/image", "value": "a:latest@sha256:0000000000000000000000000000000000000000000000000000000000000000"}])
	found := image_tag_latest.violations with input as set
	count(found) == 0
}

test_applies_to_its_kinds_only if {
	found := image_tag_latest.applies with input as testing.all
	testing.kinds(testing.all, found) == {"CronJob", "Deployment", "StatefulSet"}
}
