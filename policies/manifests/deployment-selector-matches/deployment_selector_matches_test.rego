package hallmark.manifests.deployment_selector_matches_test

import data.hallmark.manifests.deployment_selector_matches
import data.hallmark.testing

test_denies_other_label_in_every_kind if {
	every type in ["apps/DaemonSet", "apps/Deployment", "apps/ReplicaSet", "apps/StatefulSet"] {
		set := testing.retyped(
			testing.only(["apps/Deployment"], [{"op": "add", "path": "/spec/selector/matchLabels/app.kubernetes.io~1name", "value": "other"}]),
			"apps/Deployment",
			type,
		)
		found := deployment_selector_matches.violations with input as set
		testing.places(set, found) == {sprintf("%s: spec/selector", [split(type, "/")[1]])}
	}
}

test_denies_no_selector if {
	set := testing.changed("apps/Deployment", [{"op": "remove", "path": "/spec/selector"}])
	found := deployment_selector_matches.violations with input as set
	testing.places(set, found) == {"Deployment: spec/selector"}
}

test_allows_what_is_as_it_should_be if {
	set := testing.all
	found := deployment_selector_matches.violations with input as set
	count(found) == 0
}

test_applies_to_its_kinds_only if {
	found := deployment_selector_matches.applies with input as testing.all
	testing.kinds(testing.all, found) == {"Deployment", "StatefulSet"}
}
