package hallmark.manifests.topology_spread_test

import data.hallmark.manifests.topology_spread
import data.hallmark.testing

test_denies_unset if {
	set := testing.changed("apps/Deployment", [{"op": "remove", "path": "/spec/template/spec/topologySpreadConstraints"}])
	found := topology_spread.violations with input as set
	testing.places(set, found) == {"Deployment: spec/template/spec/topologySpreadConstraints"}
}

test_allows_what_is_as_it_should_be if {
	set := testing.all
	found := topology_spread.violations with input as set
	count(found) == 0
}

test_applies_to_its_kinds_only if {
	found := topology_spread.applies with input as testing.all
	testing.kinds(testing.all, found) == {"Deployment", "StatefulSet"}
}
