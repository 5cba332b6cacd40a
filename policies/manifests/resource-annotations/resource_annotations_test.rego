package hallmark.manifests.resource_annotations_test

import data.hallmark.manifests.resource_annotations
import data.hallmark.testing

_config := "/ConfigMap"

_place := "ConfigMap: metadata/annotations"

# Where violations are when these annotations are required, and how many.
_places(set, required) := [testing.places(set, found), count(found)] if {
	found := resource_annotations.violations with input as set with data.parameters.required_annotations as required
}

_judged(required) := found if {
	found := resource_annotations.applies with input as testing.all with data.parameters.required_annotations as required
}

_with(annotations) := testing.only([_config], [{"op": "add", "path": "/metadata/annotations", "value": annotations}])

test_denies_every_key_that_is_missing if {
	_places(_with({"a": "1", "c": "1"}), ["a", "b", "c", "d"]) == [{_place}, 2]
	_places(_with({"a": "1", "c": "1"}), ["b"]) == [{_place}, 1]
}

test_denies_no_annotations if {
	_places(testing.only([_config], [{"op": "remove", "path": "/metadata"}]), ["a"]) == [{_place}, 1]
	_places(_with({}), ["a"]) == [{_place}, 1]
}

test_denies_objects_of_every_kind if {
	_places(testing.all, ["nobody/has-this"]) == [
		{sprintf("%s: metadata/annotations", [entry.object.kind]) | some entry in testing.all.objects},
		count(testing.all.objects),
	]
}

test_allows_any_value if {
	_places(_with({"a": "", "b": "1"}), ["a", "b"]) == [set(), 0]
}

test_allows_what_is_as_it_should_be if {
	found := resource_annotations.violations with input as testing.all
	found == set()
}

test_applies_to_every_object_when_anything_is_required if {
	_judged(["a"]) == {entry.id | some entry in testing.all.objects}
	_judged(["a", "b"]) == _judged(["a"])
	_judged([]) == set()
	found := resource_annotations.applies with input as testing.all
	found == _judged(["a"])
}
