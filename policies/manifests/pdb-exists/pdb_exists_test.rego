package hallmark.manifests.pdb_exists_test

import data.hallmark.manifests.pdb_exists
import data.hallmark.testing

test_denies_no_budget if {
	set := testing.without("policy/PodDisruptionBudget")
	found := pdb_exists.violations with input as set
	testing.places(set, found) == {"Deployment: spec/template"}
}

test_denies_two_replicas if {
	set := testing.only(["apps/Deployment"], [{"op": "add", "path": "/spec/replicas", "value": 2}])
	found := pdb_exists.violations with input as set
	testing.places(set, found) == {"Deployment: spec/template"}
}

test_denies_budget_for_others if {
	set := testing.changed("policy/PodDisruptionBudget", [{"op": "add", "path": "/spec/selector/matchLabels/app.kubernetes.io~1name", "value": "other"}])
	found := pdb_exists.violations with input as set
	testing.places(set, found) == {"Deployment: spec/template"}
}

test_allows_what_is_as_it_should_be if {
	set := testing.all
	found := pdb_exists.violations with input as set
	count(found) == 0
}

test_applies_to_its_kinds_only if {
	found := pdb_exists.applies with input as testing.all
	testing.kinds(testing.all, found) == {"Deployment"}
}
