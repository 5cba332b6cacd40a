package hallmark.manifests.rbac_wildcard_resources_test

import data.hallmark.manifests.rbac_wildcard_resources
import data.hallmark.testing
import data.hallmark.testing.rbac

_places(set) := testing.places(set, found) if {
	found := rbac_wildcard_resources.violations with input as set
}

test_denies_every_form_of_a_resource if {
	every resource in ["*", "*/*", "*/scale", "deployments/*"] {
		_places(rbac.with_rules([rbac.rule("apps", resource, "get")])) == {"ClusterRole: rules/0/resources"}
	}
}

test_denies_the_second_of_a_list_in_both_of_two_rules if {
	bad := {"apiGroups": ["apps"], "resources": ["deployments", "*"], "verbs": ["get", "*"]}
	_places(rbac.with_rules([rbac.rule("apps", "deployments", "get"), bad, bad])) == {"ClusterRole: rules/1/resources", "ClusterRole: rules/2/resources"}
}

test_denies_role if {
	_places(rbac.namespaced([rbac.rule("apps", "*", "*")])) == {"Role: rules/0/resources"}
}

test_denies_restriction_to_names if {
	rule := object.union(rbac.rule("apps", "*", "*"), {"resourceNames": ["one"]})
	count(_places(rbac.with_rules([rule]))) == 1
}

test_allows_wildcards_elsewhere if {
	_places(rbac.with_rules([rbac.rule("*", "deployments", "*"), {"nonResourceURLs": ["*"], "verbs": ["*"]}])) == set()
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
		found := rbac_wildcard_resources.applies with input as set
		testing.kinds(set, found) == {split(type, "/")[1]}
	}
}
