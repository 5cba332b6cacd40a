package hallmark.manifests.rbac_pods_exec_test

import data.hallmark.manifests.rbac_pods_exec
import data.hallmark.testing
import data.hallmark.testing.rbac

_places(set) := testing.places(set, found) if {
	found := rbac_pods_exec.violations with input as set
}

test_denies_every_verb_and_resource if {
	every verb in ["create", "get", "*"] {
		every resource in ["pods/exec", "pods/attach"] {
			_places(rbac.with_rules([rbac.rule("", resource, verb)])) == {"ClusterRole: rules/0"}
		}
	}
}

test_denies_every_wildcard if {
	every resource in ["*", "*/*", "pods/*", "*/exec", "*/attach"] {
		_places(rbac.with_rules([rbac.rule("", resource, "create")])) == {"ClusterRole: rules/0"}
	}
	_places(rbac.with_rules([rbac.rule("*", "pods/exec", "create")])) == {"ClusterRole: rules/0"}
}

test_denies_the_second_of_a_list if {
	rule := {"apiGroups": ["policy", ""], "resources": ["pods", "pods/exec"], "verbs": ["list", "create"]}
	_places(rbac.with_rules([rule])) == {"ClusterRole: rules/0"}
}

test_denies_both_of_two_rules if {
	bad := rbac.rule("", "pods/exec", "create")
	set := rbac.with_rules([bad, rbac.rule("apps", "deployments", "get"), bad])
	_places(set) == {"ClusterRole: rules/0", "ClusterRole: rules/2"}
}

test_denies_role if {
	_places(rbac.namespaced([rbac.rule("", "pods/exec", "create")])) == {"Role: rules/0"}
}

test_denies_restriction_to_names if {
	rule := object.union(rbac.rule("", "pods/exec", "create"), {"resourceNames": ["one"]})
	_places(rbac.with_rules([rule])) == {"ClusterRole: rules/0"}
}

test_allows_other_verbs if {
	every verb in ["list", "update", "delete"] {
		every resource in ["pods/exec", "pods/attach", "*"] {
			_places(rbac.with_rules([rbac.rule("", resource, verb)])) == set()
		}
	}
}

test_allows_other_resources if {
	every resource in ["pods", "pods/log", "*/log", "services/exec"] {
		_places(rbac.with_rules([rbac.rule("", resource, "create")])) == set()
	}
}

test_allows_other_groups if {
	_places(rbac.with_rules([rbac.rule("apps", "pods/exec", "create")])) == set()
}

test_allows_urls if {
	_places(rbac.with_rules([{"nonResourceURLs": ["*"], "verbs": ["*"]}])) == set()
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
		found := rbac_pods_exec.applies with input as set
		testing.kinds(set, found) == {split(type, "/")[1]}
	}
}
