package hallmark.manifests.dangling_networkpolicy_test

import data.hallmark.manifests.dangling_networkpolicy
import data.hallmark.testing

_policy := "networking.k8s.io/NetworkPolicy"

# The names of the policies with a violation at their selector.
_dangling(set) := {entry.object.metadata.name |
	some violation in found
	violation.path == ["spec", "podSelector"]
	some entry in set.objects
	entry.id == violation.object
} if {
	found := dangling_networkpolicy.violations with input as set
}

_selecting(selector) := testing.changed(_policy, [{"op": "replace", "path": "/spec/podSelector", "value": selector}])

_names := {"allow-clients", "allow-clients-out", "allow-dns", "allow-edge", "default-deny"}

# The kit's own policy for its clients selects pods that others bring.
test_denies_policy_for_pods_outside_of_the_set if {
	_dangling(testing.all) == {"allow-clients-out"}
}

test_denies_other_labels if {
	_dangling(_selecting({"matchLabels": {"app.kubernetes.io/name": "other"}})) == _names
	_dangling(_selecting({"matchLabels": {"app.kubernetes.io/name": "quotes", "tier": "other"}})) == _names
	_dangling(_selecting({"matchExpressions": [{"key": "app.kubernetes.io/name", "operator": "DoesNotExist"}]})) == _names
}

test_denies_pods_of_another_namespace if {
	_dangling(testing.changed(_policy, [{"op": "replace", "path": "/metadata/namespace", "value": "staging"}])) == _names
}

test_denies_even_the_empty_selector_without_pods if {
	set := testing.only([_policy, "/Service"], [{"op": "replace", "path": "/spec/podSelector", "value": {}}])
	_dangling(set) == _names
}

test_denies_old_version if {
	set := testing.retyped(testing.all, _policy, "extensions/NetworkPolicy")
	_dangling(set) == {"allow-clients-out"}
}

test_allows_what_selects_a_pod if {
	every selector in [
		{"matchLabels": {"app.kubernetes.io/name": "quotes"}},
		{"matchLabels": {"app.kubernetes.io/name": "settle"}},
		{"matchExpressions": [{"key": "app.kubernetes.io/name", "operator": "In", "values": ["other", "ledger"]}]},
		{},
	] {
		_dangling(_selecting(selector)) == set()
	}
}

# A selector that isn't there is an empty one, which selects every pod.
test_allows_no_selector if {
	_dangling(testing.changed(_policy, [{"op": "remove", "path": "/spec/podSelector"}])) == set()
}

test_applies_to_its_kinds_only if {
	every type in [_policy, "extensions/NetworkPolicy"] {
		set := testing.retyped(testing.all, _policy, type)
		found := dangling_networkpolicy.applies with input as set
		testing.kinds(set, found) == {"NetworkPolicy"}
		count(found) == count(_names)
	}
}
