package hallmark.manifests.tiller_test

import data.hallmark.manifests.tiller
import data.hallmark.testing

_places(set) := testing.places(set, found) if {
	found := tiller.violations with input as set
}

_with(image) := [{"op": "replace", "path": "/image", "value": image}]

test_denies_every_kind_of_container if {
	every field in testing.containers {
		_places(testing.container(field, _with("example.org/helm/tiller:v2.17.0"))) == testing.in_pod([sprintf("%s/0/image", [field])])
	}
}

test_denies_every_reference if {
	every image in ["tiller", "tiller:v2", "helm/tiller@sha256:0", "ghcr.io/helm/tiller"] {
		_places(testing.container("containers", _with(image))) == testing.in_pod(["containers/0/image"])
	}
}

test_denies_both_of_two_containers if {
	_places(testing.twice(_with("tiller"))) == testing.in_pod(["containers/0/image", "containers/1/image"])
}

test_allows_what_only_sounds_like_it if {
	every image in ["example.org/tillerman:1", "tiller/app", "example.org/my-tiller", "tiller-ui:1", "a:tiller"] {
		_places(testing.container("containers", _with(image))) == set()
	}
}

test_allows_no_image if {
	_places(testing.container("containers", [{"op": "remove", "path": "/image"}])) == set()
}

test_allows_what_is_as_it_should_be if {
	_places(testing.all) == set()
}

test_applies_to_its_kinds_only if {
	found := tiller.applies with input as testing.all
	found == testing.ids(testing.all, testing.workloads)
}

test_denies_image_volume if {
	_places(testing.image_volume({"reference": "ghcr.io/helm/tiller:v2"})) == testing.in_image_volume("reference")
}

test_allows_image_volume_of_another_name if {
	_places(testing.image_volume({"reference": "example.org/model:1"})) == set()
}
