package hallmark.manifests.naked_pod_test

import data.hallmark.manifests.naked_pod
import data.hallmark.testing

_pod := "/Pod"

_places(set) := testing.places(set, found) if {
	found := naked_pod.violations with input as set
}

_owned(owners) := testing.patched(testing.as_kind(_pod, []), _pod, [{"op": "add", "path": "/metadata/ownerReferences", "value": owners}])

test_denies_no_owner if {
	_places(testing.as_kind(_pod, [])) == {"Pod: metadata/ownerReferences"}
	_places(_owned([])) == {"Pod: metadata/ownerReferences"}
}

test_denies_both_of_two if {
	set := testing.doubled(testing.as_kind(_pod, []), _pod, [])
	found := naked_pod.violations with input as set
	{one.object | some one in found} == testing.ids(set, {_pod})
	count(found) == 2
}

test_allows_owner if {
	_places(_owned([{"apiVersion": "apps/v1", "kind": "ReplicaSet", "name": "quotes-1", "uid": "1"}])) == set()
}

test_allows_pods_of_other_kinds if {
	_places(testing.all) == set()
}

test_applies_to_its_kinds_only if {
	set := testing.joined(testing.all, testing.as_kind(_pod, []))
	found := naked_pod.applies with input as set
	found == testing.ids(set, {_pod})
	count(found) == 1
}
