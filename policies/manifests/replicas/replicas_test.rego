package hallmark.manifests.replicas_test

import data.hallmark.manifests.replicas
import data.hallmark.testing

test_denies_one_replica if {
	set := testing.only(["apps/Deployment"], [{"op": "add", "path": "/spec/replicas", "value": 1}])
	found := replicas.violations with input as set
	testing.places(set, found) == {"Deployment: spec/replicas"}
}

test_denies_unset if {
	set := testing.only(["apps/Deployment"], [])
	found := replicas.violations with input as set
	testing.places(set, found) == {"Deployment: spec/replicas"}
}

test_allows_what_is_as_it_should_be if {
	set := testing.all
	found := replicas.violations with input as set
	count(found) == 0
}

test_allows_two_replicas if {
	set := testing.only(["apps/Deployment"], [{"op": "add", "path": "/spec/replicas", "value": 2}])
	found := replicas.violations with input as set
	count(found) == 0
}
