package hallmark.lib.selectors_test

import data.hallmark.lib.selectors

_labels := {"app": "a", "tier": "web"}

test_selects_what_every_operator_holds_for if {
	every expression in [
		{"key": "app", "operator": "In", "values": ["a", "b"]},
		{"key": "app", "operator": "NotIn", "values": ["b"]},
		{"key": "absent", "operator": "NotIn", "values": ["b"]},
		{"key": "app", "operator": "Exists"},
		{"key": "absent", "operator": "DoesNotExist"},
	] {
		selectors.selects({"matchExpressions": [expression]}, _labels)
	}
}

test_selects_not_what_an_operator_refuses if {
	every expression in [
		{"key": "app", "operator": "In", "values": ["b"]},
		{"key": "absent", "operator": "In", "values": ["b"]},
		{"key": "app", "operator": "NotIn", "values": ["a"]},
		{"key": "absent", "operator": "Exists"},
		{"key": "app", "operator": "DoesNotExist"},
		{"key": "app", "operator": "Equals", "values": ["a"]},
	] {
		not selectors.selects({"matchExpressions": [expression]}, _labels)
	}
}

test_selects_everything_when_empty if selectors.selects({}, _labels)

test_selects_not_another_label if not selectors.selects({"matchLabels": {"app": "b"}}, _labels)
