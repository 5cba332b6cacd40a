package hallmark.manifests.apparmor_test

import data.hallmark.manifests.apparmor
import data.hallmark.testing

_places(set) := testing.places(set, found) if {
	found := apparmor.violations with input as set
}

_profile(profile) := [{"op": "add", "path": "/securityContext/appArmorProfile", "value": profile}]

_annotated(annotations) := testing.changed("apps/Deployment", [{"op": "add", "path": "/spec/template/metadata/annotations", "value": annotations}])

_annotation(container) := sprintf("container.apparmor.security.beta.kubernetes.io/%s", [container])

_bad := [{"type": "Unconfined"}, {"type": "runtime/default"}, {"type": ""}, {}]

test_denies_every_kind_of_container if {
	every field in testing.containers {
		every profile in _bad {
			_places(testing.container(field, _profile(profile))) == testing.in_pod([sprintf("%s/0/securityContext/appArmorProfile", [field])])
		}
	}
}

test_denies_both_of_two_containers if {
	_places(testing.twice(_profile({"type": "Unconfined"}))) == testing.in_pod([
		"containers/0/securityContext/appArmorProfile",
		"containers/1/securityContext/appArmorProfile",
	])
}

test_denies_pod if {
	every profile in _bad {
		_places(testing.pod(_profile(profile))) == testing.in_pod(["securityContext/appArmorProfile"])
	}
}

test_denies_every_annotation if {
	every value in ["unconfined", "runtime/other", "RuntimeDefault", "mylocalhost/x"] {
		set := _annotated({"a": "unconfined", _annotation("quotes"): value, _annotation("b"): "runtime/default", _annotation("c"): value})
		_places(set) == {
			"Deployment: spec/template/metadata/annotations/container.apparmor.security.beta.kubernetes.io/quotes",
			"Deployment: spec/template/metadata/annotations/container.apparmor.security.beta.kubernetes.io/c",
		}
	}
}

test_denies_annotation_of_a_pod if {
	set := testing.as_kind("/Pod", [{"op": "add", "path": "/metadata/annotations", "value": {_annotation("quotes"): "unconfined"}}])
	_places(set) == {"Pod: metadata/annotations/container.apparmor.security.beta.kubernetes.io/quotes"}
}

test_allows_the_runtimes_profile_and_those_of_the_node if {
	every type in ["RuntimeDefault", "Localhost"] {
		_places(testing.container("containers", _profile({"type": type}))) == set()
		_places(testing.pod(_profile({"type": type}))) == set()
	}
}

test_allows_annotations_that_say_the_same if {
	every value in ["", "runtime/default", "localhost/x"] {
		_places(_annotated({_annotation("quotes"): value})) == set()
	}
}

test_allows_what_is_as_it_should_be if {
	_places(testing.all) == set()
}

test_applies_to_its_kinds_only if {
	found := apparmor.applies with input as testing.all
	found == testing.ids(testing.all, testing.workloads)
}
