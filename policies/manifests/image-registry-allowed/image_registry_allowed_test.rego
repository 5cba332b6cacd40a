package hallmark.manifests.image_registry_allowed_test

import data.hallmark.manifests.image_registry_allowed
import data.hallmark.testing

_places(set) := testing.places(set, found) if {
	found := image_registry_allowed.violations with input as set
}

# Where images are wrong when these registries are allowed.
_only(set, registries) := testing.places(set, found) if {
	found := image_registry_allowed.violations with input as set with data.parameters.image_registries as registries
}

_with(image) := [{"op": "replace", "path": "/image", "value": image}]

# The Deployment alone, with this image.
_alone(image) := testing.only(["apps/Deployment"], [{"op": "replace", "path": "/spec/template/spec/containers/0/image", "value": image}])

_place := testing.in_pod(["containers/0/image"])

test_denies_every_kind_of_container if {
	every field in testing.containers {
		_places(testing.container(field, _with("example.org/a"))) == testing.in_pod([sprintf("%s/0/image", [field])])
	}
}

test_denies_both_of_two_containers if {
	_places(testing.twice(_with("example.org/a"))) == testing.in_pod(["containers/0/image", "containers/1/image"])
}

test_denies_no_image if {
	_places(testing.container("containers", [{"op": "remove", "path": "/image"}])) == _place
}

test_denies_registry_that_begins_alike if {
	every image in ["example.org.attacker.net/a", "example.org:5000/a", "example.orga", "example.org@sha256:0", "a/example.org/a"] {
		_only(_alone(image), ["example.org", "example.net/"]) == _place
	}
}

test_denies_image_without_a_registry if {
	every image in ["a", "library/a"] {
		_only(_alone(image), ["docker.io", "docker.io/library/"]) == _place
	}
}

test_denies_everything_when_nothing_is_allowed if {
	_only(_alone("example.org/a"), []) == _place
	_only(_alone("example.org/a"), [""]) == _place
}

test_allows_every_prefix if {
	registries := ["example.org", "example.net/team-", "example.com:5000/"]
	every image in ["example.org/a", "example.org/b/a:1", "example.net/team-a/b", "example.com:5000/a@sha256:0"] {
		_only(_alone(image), registries) == set()
	}
	_only(_alone("example.net/other/a"), registries) == _place
}

test_allows_what_is_as_it_should_be if {
	_places(testing.all) == set()
}

test_applies_to_its_kinds_only if {
	found := image_registry_allowed.applies with input as testing.all
	found == testing.ids(testing.all, testing.workloads)
}

test_denies_image_volume if {
	every said in [{"reference": "example.org/a"}, {}] {
		_places(testing.image_volume(said)) == testing.in_image_volume("reference")
	}
}

test_allows_image_volume_of_a_registry if {
	_places(testing.image_volume({"reference": "registry.hallmark.internal/quotes"})) == set()
}
