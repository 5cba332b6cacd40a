package hallmark.lib.networkpolicy_test

import data.hallmark.lib.networkpolicy
import data.hallmark.testing

_policy := "networking.k8s.io/NetworkPolicy"

test_knows_both_groups if {
	every type in [_policy, "extensions/NetworkPolicy"] {
		set := testing.retyped(testing.all, _policy, type)
		ids := networkpolicy.ids with input as set
		ids == {entry.id | some entry in set.objects; entry.type == type}
		count(ids) == 5
	}
}

test_takes_no_selector_for_an_empty_one if {
	networkpolicy.selector({"object": {"spec": {}}}) == {}
	networkpolicy.selector({"object": {"spec": {"podSelector": {"matchLabels": {"a": "b"}}}}}) == {"matchLabels": {"a": "b"}}
}
