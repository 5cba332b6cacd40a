package hallmark.manifests.pdb_disruptions_zero_test

import data.hallmark.manifests.pdb_disruptions_zero
import data.hallmark.testing

test_denies_max_unavailable_zero if {
	every nothing in [0, "0", "0%"] {
		set := testing.changed("policy/PodDisruptionBudget", [{"op": "add", "path": "/spec/maxUnavailable", "value": nothing}])
		found := pdb_disruptions_zero.violations with input as set
		testing.places(set, found) == {"PodDisruptionBudget: spec"}
	}
}

test_denies_min_available_all if {
	set := testing.changed("policy/PodDisruptionBudget", [{"op": "remove", "path": "/spec/maxUnavailable"}, {"op": "add", "path": "/spec/minAvailable", "value": "100%"}])
	found := pdb_disruptions_zero.violations with input as set
	testing.places(set, found) == {"PodDisruptionBudget: spec"}
}

test_allows_what_is_as_it_should_be if {
	set := testing.all
	found := pdb_disruptions_zero.violations with input as set
	count(found) == 0
}

test_applies_to_its_kinds_only if {
	found := pdb_disruptions_zero.applies with input as testing.all
	testing.kinds(testing.all, found) == {"PodDisruptionBudget"}
}
