package hallmark.manifests.image_tag_latest_test

import data.hallmark.manifests.image_tag_latest
import data.hallmark.testing

_places(set) := testing.places(set, found) if {
	found := image_tag_latest.violations with input as set
}

_with(image) := [{"op": "add", "path": "/image", "value": image}]

# A digest of this algorithm with so many digits.
_digest(algorithm, length) := sprintf("%s:%s", [algorithm, substring(_digits, 0, length)])

_digits := concat("", ["0123456789abcdef" | some _ in numbers.range(1, 9)])

test_denies_every_kind_of_container if {
	every field in testing.containers {
		_places(testing.container(field, _with("example.org:5000/a"))) == testing.in_pod([sprintf("%s/0/image", [field])])
	}
}

test_denies_latest_and_none if {
	every image in ["a:latest", "a", "example.org:5000/a", "example.org:5000/b/a:latest", "a:", ""] {
		_places(testing.container("containers", _with(image))) == testing.in_pod(["containers/0/image"])
	}
	_places(testing.container("containers", [{"op": "remove", "path": "/image"}])) == testing.in_pod(["containers/0/image"])
}

test_denies_digest_of_a_wrong_form if {
	every digest in [
		"sha256:abc", "sha256:", _digest("sha256", 63), _digest("sha256", 65), _digest("sha384", 64),
		_digest("sha512", 96), _digest("md5", 32), upper(_digest("sha256", 64)),
	] {
		_places(testing.container("containers", _with(sprintf("a@%s", [digest])))) == testing.in_pod(["containers/0/image"])
		_places(testing.container("containers", _with(sprintf("a:latest@%s", [digest])))) == testing.in_pod(["containers/0/image"])
	}
	_places(testing.container("containers", _with(sprintf("a@b@%s", [_digest("sha256", 64)])))) == testing.in_pod(["containers/0/image"])
}

test_denies_both_of_two_containers if {
	_places(testing.twice(_with("a"))) == testing.in_pod(["containers/0/image", "containers/1/image"])
}

test_allows_other_tags if {
	every image in ["a:1", "example.org:5000/a:1.2", "a:latest-1", "a:notlatest", "example.org/b/a:v1"] {
		_places(testing.container("containers", _with(image))) == set()
	}
}

test_allows_digests if {
	every digest in [_digest("sha256", 64), _digest("sha384", 96), _digest("sha512", 128)] {
		every name in ["a", "a:latest", "a:1", "example.org:5000/b/a"] {
			_places(testing.container("containers", _with(sprintf("%s@%s", [name, digest])))) == set()
		}
	}
}

test_allows_what_is_as_it_should_be if {
	_places(testing.all) == set()
}

test_applies_to_its_kinds_only if {
	found := image_tag_latest.applies with input as testing.all
	found == testing.ids(testing.all, testing.workloads)
}

test_denies_image_volume if {
	every said in [{"reference": "a"}, {"reference": "a:latest"}, {}] {
		_places(testing.image_volume(said)) == testing.in_image_volume("reference")
	}
}

test_allows_image_volume_with_a_version if {
	_places(testing.image_volume({"reference": "a:1"})) == set()
}
