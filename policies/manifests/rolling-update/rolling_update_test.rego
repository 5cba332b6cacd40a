package hallmark.manifests.rolling_update_test

import data.hallmark.manifests.rolling_update
import data.hallmark.testing

test_denies_recreate if {
	set := testing.changed("apps/Deployment", [{"op": "add", "path": "/spec/strategy", "value": {"type": "Recreate"}}])
	found := rolling_update.violations with input as set
	testing.places(set, found) == {"Deployment: spec/strategy"}
}

test_allows_what_is_as_it_should_be if {
	set := testing.all
	found := rolling_update.violations with input as set
	count(found) == 0
}

test_allows_strategy_left_out if {
	set := testing.changed("apps/Deployment", [{"op": "remove", "path": "/spec/strategy"}])
	found := rolling_update.violations with input as set
	count(found) == 0
}

test_applies_to_its_kinds_only if {
	found := rolling_update.applies with input as testing.all
	testing.kinds(testing.all, found) == {"Deployment"}
}
