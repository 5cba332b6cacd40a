package hallmark.manifests.networkpolicy_empty_podselector_test

import data.hallmark.manifests.networkpolicy_empty_podselector
import data.hallmark.testing

_policy := "networking.k8s.io/NetworkPolicy"

# The names of the policies with a violation at their selector.
_empty(set) := {entry.object.metadata.name |
	some violation in found
	violation.path == ["spec", "podSelector"]
	some entry in set.objects
	entry.id == violation.object
} if {
	found := networkpolicy_empty_podselector.violations with input as set
}

_selecting(selector) := testing.changed(_policy, [{"op": "replace", "path": "/spec/podSelector", "value": selector}])

_names := {"allow-clients", "allow-clients-out", "allow-dns", "allow-edge", "default-deny"}

# The kit's own default-deny is meant for every pod: that is why the rule is an opinion.
test_denies_policies_for_every_pod if {
	_empty(testing.all) == {"allow-dns", "default-deny"}
}

test_denies_empty_lists if {
	every selector in [{"matchLabels": {}}, {"matchExpressions": []}, {"matchLabels": {}, "matchExpressions": []}] {
		_empty(_selecting(selector)) == _names
	}
}

test_denies_none if {
	_empty(testing.changed(_policy, [{"op": "remove", "path": "/spec/podSelector"}])) == _names
}

test_denies_old_version if {
	_empty(testing.retyped(testing.all, _policy, "extensions/NetworkPolicy")) == {"allow-dns", "default-deny"}
}

test_allows_what_selects_by_a_label if {
	every selector in [
		{"matchLabels": {"a": "b"}},
		{"matchExpressions": [{"key": "a", "operator": "Exists"}]},
		{"matchLabels": {}, "matchExpressions": [{"key": "a", "operator": "Exists"}]},
		{"matchLabels": {"a": "b"}, "matchExpressions": []},
	] {
		_empty(_selecting(selector)) == set()
	}
}

test_applies_to_its_kinds_only if {
	every type in [_policy, "extensions/NetworkPolicy"] {
		set := testing.retyped(testing.all, _policy, type)
		found := networkpolicy_empty_podselector.applies with input as set
		testing.kinds(set, found) == {"NetworkPolicy"}
		count(found) == count(_names)
	}
}
