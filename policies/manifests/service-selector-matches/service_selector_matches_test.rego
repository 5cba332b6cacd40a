package hallmark.manifests.service_selector_matches_test

import data.hallmark.manifests.service_selector_matches
import data.hallmark.testing

_service := "/Service"

# The names of the Services with a violation at their selector.
_unanswered(set) := {entry.object.metadata.name |
	some violation in found
	violation.path == ["spec", "selector"]
	some entry in set.objects
	entry.id == violation.object
} if {
	found := service_selector_matches.violations with input as set
}

_judged(set) := found if {
	found := service_selector_matches.applies with input as set
}

_selecting(selector) := testing.changed(_service, [{"op": "replace", "path": "/spec/selector", "value": selector}])

_both := {"ledger", "quotes"}

test_denies_other_labels if {
	_unanswered(_selecting({"app.kubernetes.io/name": "other"})) == _both
	_unanswered(_selecting({"app.kubernetes.io/name": "quotes", "tier": "other"})) == _both
}

test_denies_pods_of_another_namespace if {
	_unanswered(testing.changed(_service, [{"op": "replace", "path": "/metadata/namespace", "value": "staging"}])) == _both
}

test_denies_one_of_two if {
	_unanswered(testing.without("apps/StatefulSet")) == {"ledger"}
}

test_judges_no_service_that_selects_nothing if {
	_judged(testing.changed(_service, [{"op": "remove", "path": "/spec/selector"}])) == set()
	_judged(_selecting({})) == set()
	_judged(testing.changed(_service, [{"op": "add", "path": "/spec/type", "value": "ExternalName"}])) == set()
}

test_allows_labels_of_a_job if {
	_unanswered(_selecting({"app.kubernetes.io/name": "settle"})) == set()
}

test_allows_what_is_as_it_should_be if {
	_unanswered(testing.all) == set()
}

test_applies_to_its_kinds_only if {
	_judged(testing.all) == testing.ids(testing.all, {_service})
}
