package hallmark.manifests.topology_spread_test

import data.hallmark.manifests.topology_spread
import data.hallmark.testing

test_denies_every_kind if {
	every type in ["apps/Deployment", "apps/ReplicaSet", "apps/StatefulSet"] {
		set := testing.retyped(
			testing.only(["apps/Deployment"], [{"op": "remove", "path": "/spec/template/spec/topologySpreadConstraints"}]),
			"apps/Deployment",
			type,
		)
		found := topology_spread.violations with input as set
		testing.places(set, found) == {sprintf("%s: spec/template/spec/topologySpreadConstraints", [split(type, "/")[1]])}
	}
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
