package hallmark.manifests.sa_automount_test

import data.hallmark.manifests.sa_automount
import data.hallmark.testing

test_denies_unset if {
	set := testing.changed("/ServiceAccount", [{"op": "remove", "path": "/automountServiceAccountToken"}])
	found := sa_automount.violations with input as set
	testing.places(set, found) == {"ServiceAccount: automountServiceAccountToken"}
}

test_allows_what_is_as_it_should_be if {
	set := testing.all
	found := sa_automount.violations with input as set
	count(found) == 0
}

test_applies_to_its_kinds_only if {
	found := sa_automount.applies with input as testing.all
	testing.kinds(testing.all, found) == {"ServiceAccount"}
}
