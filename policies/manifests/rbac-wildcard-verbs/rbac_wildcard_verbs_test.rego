package hallmark.manifests.rbac_wildcard_verbs_test

import data.hallmark.manifests.rbac_wildcard_verbs
import data.hallmark.testing
import data.hallmark.testing.rbac

_places(set) := testing.places(set, found) if {
	found := rbac_wildcard_verbs.violations with input as set
}

test_denies_verbs if {
	_places(rbac.with_rules([rbac.rule("apps", "deployments", "*")])) == {"ClusterRole: rules/0/verbs"}
}

test_denies_verbs_on_urls if {
	_places(rbac.with_rules([{"nonResourceURLs": ["/healthz"], "verbs": ["*"]}])) == {"ClusterRole: rules/0/verbs"}
}

test_denies_the_second_of_a_list_in_both_of_two_rules if {
	bad := {"apiGroups": ["apps"], "resources": ["deployments", "*"], "verbs": ["get", "*"]}
	_places(rbac.with_rules([rbac.rule("apps", "deployments", "get"), bad, bad])) == {"ClusterRole: rules/1/verbs", "ClusterRole: rules/2/verbs"}
}

test_denies_role if {
	_places(rbac.namespaced([rbac.rule("apps", "*", "*")])) == {"Role: rules/0/verbs"}
}

test_denies_restriction_to_names if {
	rule := object.union(rbac.rule("apps", "*", "*"), {"resourceNames": ["one"]})
	count(_places(rbac.with_rules([rule]))) == 1
}

test_allows_wildcards_elsewhere if {
	_places(rbac.with_rules([rbac.rule("*", "*", "get"), {"nonResourceURLs": ["*"], "verbs": ["get"]}])) == set()
}

test_allows_role_without_rules if {
	_places(testing.changed(rbac.cluster_role, [{"op": "remove", "path": "/rules"}])) == set()
}

test_allows_what_is_as_it_should_be if {
	_places(testing.all) == set()
}

test_applies_to_its_kinds_only if {
	every type in [rbac.cluster_role, rbac.role] {
		set := testing.retyped(testing.all, rbac.cluster_role, type)
		found := rbac_wildcard_verbs.applies with input as set
		testing.kinds(set, found) == {split(type, "/")[1]}
	}
}
