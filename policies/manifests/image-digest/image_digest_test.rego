package hallmark.manifests.image_digest_test

import data.hallmark.manifests.image_digest
import data.hallmark.testing

test_denies_container if {
	set := testing.changed("apps/Deployment", [{"op": "add", "path": "/spec/template/spec/containers/0/image", "value": "example.org/a:1"}])
	found := image_digest.violations with input as set
	testing.places(set, found) == {"Deployment: spec/template/spec/containers/0/image"}
}

test_denies_digest_too_short if {
	set := testing.changed("apps/Deployment", [{"op": "add", "path": "/spec/template/spec/containers/0/image", "value": "a@sha256:abc"}])
	found := image_digest.violations with input as set
	testing.places(set, found) == {"Deployment: spec/template/spec/containers/0/image"}
}

test_denies_upper_case_digest if {
	set := testing.changed("apps/Deployment", [{"op": "add", "path": "/spec/template/spec/containers/0/image", "value": "a@sha256:AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA"}])
	found := image_digest.violations with input as set
	testing.places(set, found) == {"Deployment: spec/template/spec/containers/0/image"}
}

test_denies_no_image if {
	set := testing.changed("apps/Deployment", [{"op": "remove", "path": "/spec/template/spec/containers/0/image"}])
	found := image_digest.violations with input as set
	testing.places(set, found) == {"Deployment: spec/template/spec/containers/0/image"}
}

test_denies_init_container if {
	set := testing.changed("apps/Deployment", [testing.extra("initContainers"), {"op": "add", "path": "/spec/template/spec/initContainers/0/image", "value": "example.org/a:1"}])
	found := image_digest.violations with input as set
	testing.places(set, found) == {"Deployment: spec/template/spec/initContainers/0/image"}
}

test_denies_ephemeral_container if {
	set := testing.changed("apps/Deployment", [testing.extra("ephemeralContainers"), {"op": "add", "path": "/spec/template/spec/ephemeralContainers/0/image", "value": "example.org/a:1"}])
	found := image_digest.violations with input as set
	testing.places(set, found) == {"Deployment: spec/template/spec/ephemeralContainers/0/image"}
}

test_allows_what_is_as_it_should_be if {
	set := testing.all
	found := image_digest.violations with input as set
	count(found) == 0
}

test_allows_tag_and_digest if {
	set := testing.changed("apps/Deployment", [{"op": "add", "path": "/spec/template/spec/containers/0/image", "value": "example.org/a:1@sha256:0000000000000000000000000000000000000000000000000000000000000000"}])
	found := image_digest.violations with input as set
	count(found) == 0
}

test_applies_to_its_kinds_only if {
	found := image_digest.applies with input as testing.all
	testing.kinds(testing.all, found) == {"CronJob", "Deployment", "StatefulSet"}
}

test_denies_image_volume if {
	every said in [{"reference": "example.org/a:1"}, {"reference": "a@sha256:abc", "pullPolicy": "Always"}, {}] {
		set := testing.image_volume(said)
		found := image_digest.violations with input as set
		testing.places(set, found) == testing.in_image_volume("reference")
	}
}

test_allows_image_volume_with_digest if {
	found := image_digest.violations with input as testing.image_volume({"reference": "registry.hallmark.internal/quotes@sha256:0123456789abcdef0123456789abcdef0123456789abcdef0123456789abcdef"})
	found == set()
}
