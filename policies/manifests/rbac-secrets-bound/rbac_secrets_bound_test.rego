package hallmark.manifests.rbac_secrets_bound_test

import data.hallmark.manifests.rbac_secrets_bound
import data.hallmark.testing
import data.hallmark.testing.rbac

_places(set) := testing.places(set, found) if {
	found := rbac_secrets_bound.violations with input as set
}

_bad := rbac.rule("", "secrets", "get")

test_denies_every_verb_and_resource if {
	every verb in ["get", "list", "watch", "*"] {
		every resource in ["secrets", "*"] {
			_places(rbac.with_rules([rbac.rule("", resource, verb)])) == {"ClusterRoleBinding: roleRef"}
		}
	}
	_places(rbac.with_rules([rbac.rule("*", "secrets", "get")])) == {"ClusterRoleBinding: roleRef"}
}

test_denies_the_second_rule if {
	_places(rbac.with_rules([rbac.rule("apps", "deployments", "get"), _bad])) == {"ClusterRoleBinding: roleRef"}
}

test_denies_role_of_the_namespace if {
	_places(rbac.namespaced([_bad])) == {"RoleBinding: roleRef"}
}

test_denies_cluster_role_in_a_namespace if {
	set := testing.retyped(rbac.with_rules([_bad]), rbac.cluster_role_binding, rbac.role_binding)
	_places(set) == {"RoleBinding: roleRef"}
}

test_denies_both_of_two_bindings if {
	set := rbac.with_rules([_bad])
	other := rbac.namespaced([_bad])
	both := {"objects": array.concat(set.objects, [object.union(entry, {"id": entry.id + 100}) | some entry in other.objects])}
	_places(both) == {"ClusterRoleBinding: roleRef", "RoleBinding: roleRef"}
}

test_denies_aggregated_role if {
	aggregate := testing.changed(rbac.cluster_role, [{"op": "add", "path": "/aggregationRule", "value": {"clusterRoleSelectors": [{"matchLabels": {"to": "reader"}}]}}])
	_places(rbac.with_labelled(aggregate, {"to": "reader"}, [_bad])) == {"ClusterRoleBinding: roleRef"}
	_places(rbac.with_labelled(aggregate, {"to": "other"}, [_bad])) == set()
}

test_denies_restriction_to_names if {
	rule := object.union(_bad, {"resourceNames": ["one"]})
	_places(rbac.with_rules([rule])) == {"ClusterRoleBinding: roleRef"}
}

test_denies_role_of_every_cluster if {
	every name in ["cluster-admin", "admin", "edit"] {
		_places(rbac.bound_to(name)) == {"ClusterRoleBinding: roleRef"}
	}
}

test_allows_other_role_of_every_cluster if {
	every name in ["view"] {
		bound := rbac.bound_to(name)
		_places(bound) == set()
		found := rbac_secrets_bound.applies with input as bound
		testing.kinds(bound, found) == {"ClusterRoleBinding"}
	}
}

test_allows_other_rights if {
	every rule in [
		rbac.rule("", "secrets", "create"),
		rbac.rule("", "configmaps", "get"),
		rbac.rule("apps", "secrets", "get"),
		{"nonResourceURLs": ["*"], "verbs": ["*"]},
	] {
		_places(rbac.with_rules([rule])) == set()
	}
}

# A role that nothing binds to is judged by the rules about roles.
test_allows_role_without_binding if {
	_places(rbac.with_labelled(testing.all, {}, [_bad])) == set()
}

# What a role outside of the set grants is not known, so its binding is not judged, let alone passed.
test_judges_no_role_of_another_namespace_kind_or_name if {
	bound := rbac.namespaced([_bad])
	every change in [
		{"path": "/metadata/namespace", "value": "staging"},
		{"path": "/roleRef/kind", "value": "ClusterRole"},
		{"path": "/roleRef/name", "value": "other"},
	] {
		changed := testing.patched(bound, rbac.role_binding, [object.union({"op": "replace"}, change)])
		_places(changed) == set()
		found := rbac_secrets_bound.applies with input as changed
		found == set()
	}
}

test_allows_what_is_as_it_should_be if {
	_places(testing.all) == set()
}

test_applies_to_its_kinds_only if {
	found := rbac_secrets_bound.applies with input as testing.all
	testing.kinds(testing.all, found) == {"ClusterRoleBinding"}
}
