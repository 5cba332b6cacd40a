package hallmark.manifests.hpa_replicas_unset_test

import data.hallmark.manifests.hpa_replicas_unset
import data.hallmark.testing

test_denies_replicas_set if {
	set := testing.changed("apps/Deployment", [{"op": "add", "path": "/spec/replicas", "value": 3}])
	found := hpa_replicas_unset.violations with input as set
	testing.places(set, found) == {"Deployment: spec/replicas"}
}

test_allows_what_is_as_it_should_be if {
	set := testing.all
	found := hpa_replicas_unset.violations with input as set
	count(found) == 0
}

test_allows_without_an_autoscaler if {
	set := testing.only(["apps/Deployment"], [{"op": "add", "path": "/spec/replicas", "value": 3}])
	found := hpa_replicas_unset.violations with input as set
	count(found) == 0
}

test_applies_to_its_kinds_only if {
	found := hpa_replicas_unset.applies with input as testing.all
	testing.kinds(testing.all, found) == {"Deployment"}
}
