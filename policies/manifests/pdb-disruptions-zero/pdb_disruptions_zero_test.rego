package hallmark.manifests.pdb_disruptions_zero_test

import data.hallmark.manifests.pdb_disruptions_zero
import data.hallmark.testing

test_denies_max_unavailable_zero if {
	every nothing in [0, "0", "0%", "00%", "000"] {
		set := testing.changed("policy/PodDisruptionBudget", [{"op": "add", "path": "/spec/maxUnavailable", "value": nothing}])
		found := pdb_disruptions_zero.violations with input as set
		testing.places(set, found) == {"PodDisruptionBudget: spec"}
	}
}

test_denies_min_available_all if {
	every all in ["100%", "0100%"] {
		_places("minAvailable", all) == {"PodDisruptionBudget: spec"}
	}
}

# Where a budget is wrong that says nothing but this.
_places(field, value) := testing.places(set, found) if {
	set := testing.changed("policy/PodDisruptionBudget", [{"op": "remove", "path": "/spec/maxUnavailable"}, {"op": "add", "path": sprintf("/spec/%s", [field]), "value": value}])
	found := pdb_disruptions_zero.violations with input as set
}

test_allows_what_leaves_room if {
	every some_left in [1, 10, "1", "10%", "100%", "01%"] {
		_places("maxUnavailable", some_left) == set()
	}
	every some_left in [0, 1, 100, "0%", "10%", "99%"] {
		_places("minAvailable", some_left) == set()
	}
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
