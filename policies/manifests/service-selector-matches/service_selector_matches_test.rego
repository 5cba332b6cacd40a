package hallmark.manifests.service_selector_matches_test

import data.hallmark.manifests.service_selector_matches
import data.hallmark.testing

test_denies_other_label if {
	set := testing.changed("/Service", [{"op": "add", "path": "/spec/selector", "value": {"app.kubernetes.io/name": "other"}}])
	found := service_selector_matches.violations with input as set
	testing.places(set, found) == {"Service: spec/selector"}
}

test_allows_what_is_as_it_should_be if {
	set := testing.all
	found := service_selector_matches.violations with input as set
	count(found) == 0
}

test_allows_no_selector if {
	set := testing.changed("/Service", [{"op": "remove", "path": "/spec/selector"}])
	found := service_selector_matches.violations with input as set
	count(found) == 0
}

test_applies_to_its_kinds_only if {
	found := service_selector_matches.applies with input as testing.all
	testing.kinds(testing.all, found) == {"Service"}
}
