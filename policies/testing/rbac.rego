# METADATA
# title: What the tests of the rules about rights start from
# description: The fixture's ClusterRole and the binding to it, with other rules, subjects and kinds.
package hallmark.testing.rbac

import data.hallmark.testing

cluster_role := "rbac.authorization.k8s.io/ClusterRole"

cluster_role_binding := "rbac.authorization.k8s.io/ClusterRoleBinding"

role := "rbac.authorization.k8s.io/Role"

role_binding := "rbac.authorization.k8s.io/RoleBinding"

# One rule about one thing each.
rule(group, resource, verb) := {"apiGroups": [group], "resources": [resource], "verbs": [verb]}

# The set with these rules in its ClusterRole, to which its ClusterRoleBinding binds.
with_rules(rules) := testing.changed(cluster_role, [{"op": "replace", "path": "/rules", "value": rules}])

# The same with a Role and a RoleBinding, both in the namespace production.
namespaced(rules) := testing.retyped(
	testing.retyped(
		testing.patched(
			testing.patched(with_rules(rules), cluster_role, [_in_production]),
			cluster_role_binding,
			[_in_production, {"op": "replace", "path": "/roleRef/kind", "value": "Role"}],
		),
		cluster_role,
		role,
	),
	cluster_role_binding,
	role_binding,
)

# The set whose binding names another ClusterRole.
bound_to(name) := testing.changed(cluster_role_binding, [{"op": "replace", "path": "/roleRef/name", "value": name}])

# The set with one more subject in its binding.
with_subject(kind, name) := testing.changed(cluster_role_binding, [{"op": "add", "path": "/subjects/-", "value": {"kind": kind, "name": name}}])

# The set with one more ClusterRole of these labels and rules.
with_labelled(set, labels, rules) := {"objects": array.concat(set.objects, [{
	"id": 1000,
	"type": cluster_role,
	"version": "v1",
	"namespaced": false,
	"object": {
		"apiVersion": "rbac.authorization.k8s.io/v1",
		"kind": "ClusterRole",
		"metadata": {"name": "labelled", "labels": labels},
		"rules": rules,
	},
}])}

_in_production := {"op": "add", "path": "/metadata/namespace", "value": "production"}
