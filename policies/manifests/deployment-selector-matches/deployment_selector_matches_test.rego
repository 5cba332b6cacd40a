package hallmark.manifests.deployment_selector_matches_test

import data.hallmark.manifests.deployment_selector_matches
import data.hallmark.testing

test_denies_other_label if {
	set := testing.changed("apps/Deployment", [{"op": "add", "path": "/spec/selector/matchLabels/app.kubernetes.io~1name", "value": "other"}])
	found := deployment_selector_matches.violations with input as set
	testing.places(set, found) == {"Deployment: spec/selector"}
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
