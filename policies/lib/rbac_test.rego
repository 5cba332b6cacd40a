package hallmark.lib.rbac_test

import data.hallmark.lib.rbac
import data.hallmark.testing
import data.hallmark.testing.rbac as roles

_exec := {"group": "", "resources": {"pods/exec"}, "verbs": {"create"}}

_exec_rule := {"apiGroups": [""], "resources": ["pods/exec"], "verbs": ["create"]}

_granted(change) if rbac.grants(object.union(_exec_rule, change), _exec)

test_grants_by_every_form_of_a_resource if {
	every form in ["pods/exec", "*/exec", "pods/*", "*/*", "*"] {
		_granted({"resources": ["nodes", form]})
	}
	rbac.grants({"apiGroups": [""], "resources": ["*"], "verbs": ["get"]}, rbac.reads_secrets)
	rbac.grants({"apiGroups": [""], "resources": ["*/*"], "verbs": ["get"]}, rbac.reads_secrets)
}

test_grants_not_by_another_resource if {
	every other in ["pods", "exec", "pods/log", "*/log", "nodes/*", "nodes/exec", "pods/execute"] {
		not _granted({"resources": [other]})
	}
	not _granted({"resources": []})
	not rbac.grants(object.remove(_exec_rule, ["resources"]), _exec)
	not rbac.grants({"apiGroups": [""], "resources": ["secrets/*", "*/secrets"], "verbs": ["get"]}, rbac.reads_secrets)
}

test_grants_by_the_verb_or_all_verbs_only if {
	_granted({"verbs": ["delete", "create"]})
	_granted({"verbs": ["*"]})
	not _granted({"verbs": ["get"]})
	not _granted({"verbs": []})
	not rbac.grants(object.remove(_exec_rule, ["verbs"]), _exec)
}

test_grants_in_the_group_all_groups_or_where_none_is_named if {
	_granted({"apiGroups": ["apps", ""]})
	_granted({"apiGroups": ["*"]})
	_granted({"apiGroups": []})
	rbac.grants(object.remove(_exec_rule, ["apiGroups"]), _exec)
	not _granted({"apiGroups": ["apps"]})
}

test_grants_whatever_the_names if {
	_granted({"resourceNames": ["one"]})
}

test_grants_nothing_on_urls if {
	not rbac.grants({"nonResourceURLs": ["*"], "verbs": ["*"]}, _exec)
}

test_names_a_resource_without_any_verb if {
	rbac.names({"apiGroups": [""], "resources": ["pods/exec"]}, _exec)
	not rbac.names({"apiGroups": ["apps"], "resources": ["pods/exec"]}, _exec)
}

test_knows_the_wildcards_of_a_list if {
	rbac.wildcards({"resources": ["pods", "*", "*/scale", "pods/*", "*/*", "a*"]}, "resources") == {"*", "*/scale", "pods/*", "*/*"}
	rbac.wildcards({"verbs": ["get"]}, "verbs") == set()
	rbac.wildcards({"verbs": ["get"]}, "resources") == set()
}

test_finds_every_rule_of_both_kinds if {
	two := [roles.rule("", "pods", "get"), roles.rule("apps", "deployments", "get")]
	every set in [roles.with_rules(two), roles.namespaced(two)] {
		found := rbac.rules with input as set
		[entry.rule | some entry in found] == two
		[entry.index | some entry in found] == [0, 1]
		ids := rbac.role_ids with input as set
		{entry.id | some entry in found} == ids
	}
}

test_finds_every_subject_of_both_kinds if {
	set := roles.with_subject("User", "ada")
	every one in [set, testing.retyped(set, roles.cluster_role_binding, roles.role_binding)] {
		found := rbac.subjects with input as one
		[[subject.index, subject.name] | some subject in found] == [[0, "developers"], [1, "ada"]]
		ids := rbac.binding_ids with input as one
		{subject.id | some subject in found} == ids
	}
}

# What the only binding of a set is known to grant; the empty set when its role is not known.
_known(set) := {rule | some binding in found; some rule in binding.rules} if {
	found := rbac.known_bindings with input as set
}

_bindings(set) := found if {
	found := rbac.known_bindings with input as set
}

_secrets := roles.rule("", "secrets", "get")

_pods := roles.rule("", "pods", "list")

test_follows_a_cluster_binding_to_a_cluster_role if {
	set := roles.with_rules([_secrets, _pods])
	_known(set) == {_secrets, _pods}
	{binding.role | some binding in _bindings(set)} == {"ClusterRole reader"}
}

test_follows_a_binding_to_a_role if {
	set := roles.namespaced([_secrets])
	_known(set) == {_secrets}
	{binding.role | some binding in _bindings(set)} == {"Role reader"}
}

# A RoleBinding may name a ClusterRole, whatever namespace it is in itself; a misplaced namespace of the latter is nothing.
test_follows_a_binding_to_a_cluster_role if {
	set := testing.retyped(roles.namespaced([_secrets]), roles.role, roles.cluster_role)
	named := testing.patched(set, roles.role_binding, [{"op": "replace", "path": "/roleRef/kind", "value": "ClusterRole"}])
	_known(named) == {_secrets}
}

test_takes_a_role_without_kind_for_a_cluster_role if {
	set := testing.patched(roles.with_rules([_secrets]), roles.cluster_role_binding, [{"op": "remove", "path": "/roleRef/kind"}])
	_known(set) == {_secrets}
}

test_follows_not_to_another_namespace_kind_or_name if {
	set := roles.namespaced([_secrets])
	every change in [
		{"path": "/metadata/namespace", "value": "staging"},
		{"path": "/roleRef/kind", "value": "ClusterRole"},
		{"path": "/roleRef/name", "value": "other"},
	] {
		_bindings(testing.patched(set, roles.role_binding, [object.union({"op": "replace"}, change)])) == []
	}
}

test_gathers_roles_of_one_name if {
	set := roles.with_labelled(roles.with_rules([_secrets]), {}, [_pods])
	twice := testing.patched(set, roles.cluster_role, [{"op": "replace", "path": "/metadata/name", "value": "reader"}])
	_known(twice) == {_secrets, _pods}
}

# The fixture's ClusterRole gathers those of either label.
_aggregate := testing.changed(roles.cluster_role, [{"op": "add", "path": "/aggregationRule", "value": {"clusterRoleSelectors": [
	{"matchLabels": {"to": "nobody"}},
	{"matchLabels": {"to": "reader"}},
]}}])

test_gathers_what_a_role_aggregates if {
	_secrets in _known(roles.with_labelled(_aggregate, {"to": "reader"}, [_secrets]))
	_secrets in _known(roles.with_labelled(_aggregate, {"to": "nobody"}, [_secrets]))
	not _secrets in _known(roles.with_labelled(_aggregate, {"to": "other"}, [_secrets]))
	not _secrets in _known(roles.with_labelled(testing.all, {"to": "reader"}, [_secrets]))
}

test_gathers_from_one_of_two_roles_of_one_name if {
	set := roles.with_labelled(_aggregate, {"to": "reader"}, [_secrets])
	_secrets in _known(testing.joined(set, roles.with_labelled({"objects": []}, {"to": "other"}, [_pods])))
}

test_gathers_every_cluster_role_by_an_empty_selector if {
	[binding] := _bindings(testing.changed(roles.cluster_role, [{"op": "add", "path": "/aggregationRule", "value": {"clusterRoleSelectors": [{}]}}]))
	_has(binding, rbac.does_everything)
}

test_gathers_not_from_roles_of_a_namespace if {
	others := roles.with_labelled({"objects": []}, {"to": "reader"}, [_secrets])
	set := {"objects": array.concat(_aggregate.objects, testing.retyped(others, roles.cluster_role, roles.role).objects)}
	not _secrets in _known(set)
}

test_gathers_over_several_steps_and_circles if {
	first := roles.with_labelled({"objects": []}, {"to": "reader"}, [])
	second := testing.patched(first, roles.cluster_role, [
		{"op": "add", "path": "/aggregationRule", "value": {"clusterRoleSelectors": [{"matchLabels": {"to": "labelled"}}]}},
		{"op": "add", "path": "/metadata/labels/to", "value": "reader"},
	])
	third := testing.patched(roles.with_labelled({"objects": []}, {"to": "labelled"}, [_secrets]), roles.cluster_role, [
		{"op": "replace", "path": "/metadata/name", "value": "last"},
		{"op": "add", "path": "/aggregationRule", "value": {"clusterRoleSelectors": [{}]}},
	])
	_secrets in _known({"objects": array.concat(_aggregate.objects, array.concat(second.objects, third.objects))})
}

# What each ClusterRole of every cluster is known to grant.
test_knows_the_roles_of_every_cluster if {
	rights := [rbac.reads_secrets, rbac.enters_pods, rbac.creates_pods, rbac.does_everything]
	expected := {
		"cluster-admin": [true, true, true, true],
		"admin": [true, true, true, false],
		"edit": [true, true, true, false],
		"system:aggregate-to-edit": [true, true, true, false],
		"view": [false, false, false, false],
	}
	every name, granted in expected {
		[binding] := _bindings(roles.bound_to(name))
		binding.role == sprintf("ClusterRole %s", [name])
		[_has(binding, right) | some right in rights] == granted
	}
}

default _has(_, _) := false

_has(binding, right) if {
	some rule in binding.rules
	rbac.grants(rule, right)
}

test_edit_enters_and_creates_nothing_in_another_group if {
	[binding] := _bindings(roles.bound_to("edit"))
	every verb in ["create", "get"] {
		not _has(binding, {"group": "example.org", "resources": {"pods", "pods/attach", "pods/exec"}, "verbs": {verb}})
	}
}

# Every one of the rights is granted by itself, not only through a wildcard.
test_edit_reads_secrets_enters_and_creates_pods if {
	[binding] := _bindings(roles.bound_to("edit"))
	every right in [
		{"group": "", "resources": {"secrets"}, "verbs": {"get"}},
		{"group": "", "resources": {"secrets"}, "verbs": {"list"}},
		{"group": "", "resources": {"secrets"}, "verbs": {"watch"}},
		{"group": "", "resources": {"pods/exec"}, "verbs": {"get"}},
		{"group": "", "resources": {"pods/exec"}, "verbs": {"create"}},
		{"group": "", "resources": {"pods/attach"}, "verbs": {"get"}},
		{"group": "", "resources": {"pods/attach"}, "verbs": {"create"}},
		{"group": "", "resources": {"pods"}, "verbs": {"create"}},
	] {
		_has(binding, right)
	}
}

test_gathers_what_the_set_adds_to_the_roles_of_every_cluster if {
	added := {"view": ["view", "edit", "admin"], "edit": ["edit", "admin"], "admin": ["admin"]}
	every to, names in added {
		label := {sprintf("rbac.authorization.k8s.io/aggregate-to-%s", [to]): "true"}
		reached := {name |
			some name in ["view", "edit", "admin", "cluster-admin"]
			_pods in _known(roles.with_labelled(roles.bound_to(name), label, [_pods]))
		}
		reached == {name | some name in names}
	}
}

test_places_a_violation_in_its_rule if {
	rbac.finding({"id": 7, "index": 2}, ["verbs"], "says") == {"object": 7, "path": ["rules", 2, "verbs"], "message": "says"}
}
