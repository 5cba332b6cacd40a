package hallmark.manifests.image_pull_policy_test

import data.hallmark.manifests.image_pull_policy
import data.hallmark.testing

test_denies_if_not_present if {
	set := testing.only(["apps/Deployment"], [])
	found := image_pull_policy.violations with input as set
	testing.places(set, found) == {"Deployment: spec/template/spec/containers/0/imagePullPolicy"}
}

_always := {"op": "add", "path": "/spec/template/spec/containers/0/imagePullPolicy", "value": "Always"}

_unset := {"op": "remove", "path": "/spec/template/spec/containers/0/imagePullPolicy"}

_image(image) := {"op": "add", "path": "/spec/template/spec/containers/0/image", "value": image}

test_denies_init_and_ephemeral_container if {
	every field in ["initContainers", "ephemeralContainers"] {
		set := testing.only(["apps/Deployment"], [testing.extra(field), _always])
		found := image_pull_policy.violations with input as set
		testing.places(set, found) == {sprintf("Deployment: spec/template/spec/%s/0/imagePullPolicy", [field])}
	}
}

test_denies_another_policy_for_latest if {
	set := testing.only(["apps/Deployment"], [_image("a/b:latest")])
	found := image_pull_policy.violations with input as set
	testing.places(set, found) == {"Deployment: spec/template/spec/containers/0/imagePullPolicy"}
}

test_denies_unset_for_a_version if {
	every image in ["a/b:1", "example.org:5000/b:1", "a@sha256:0000000000000000000000000000000000000000000000000000000000000000"] {
		set := testing.only(["apps/Deployment"], [_unset, _image(image)])
		found := image_pull_policy.violations with input as set
		testing.places(set, found) == {"Deployment: spec/template/spec/containers/0/imagePullPolicy"}
	}
}

test_allows_always if {
	set := testing.only(["apps/Deployment"], [_always])
	found := image_pull_policy.violations with input as set
	count(found) == 0
}

test_allows_unset_for_latest_and_no_tag if {
	every image in ["a", "a/b", "a/b:latest", "example.org:5000/b", "a:latest@sha256:0000000000000000000000000000000000000000000000000000000000000000"] {
		set := testing.only(["apps/Deployment"], [_unset, _image(image)])
		found := image_pull_policy.violations with input as set
		count(found) == 0
	}
}

test_applies_to_its_kinds_only if {
	found := image_pull_policy.applies with input as testing.all
	testing.kinds(testing.all, found) == {"CronJob", "Deployment", "StatefulSet"}
}

# Where an image volume is wrong, of which this is said.
_of_volume(said) := testing.places(set, found) if {
	set := testing.patched(testing.image_volume(said), "apps/Deployment", [_always])
	found := {one | some one in image_pull_policy.violations with input as set; one.path[3] == "volumes"}
}

test_denies_image_volume if {
	every said in [{"reference": "a:1"}, {"reference": "a:latest", "pullPolicy": "IfNotPresent"}] {
		_of_volume(said) == testing.in_image_volume("pullPolicy")
	}
}

test_allows_image_volume_that_is_pulled if {
	every said in [{"reference": "a:1", "pullPolicy": "Always"}, {"reference": "a:latest"}, {"reference": "a"}] {
		_of_volume(said) == set()
	}
}
