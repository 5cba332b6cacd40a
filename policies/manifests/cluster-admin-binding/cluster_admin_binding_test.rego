package hallmark.manifests.cluster_admin_binding_test

import data.hallmark.manifests.cluster_admin_binding
import data.hallmark.testing
import data.hallmark.testing.rbac

_places(set) := testing.places(set, found) if {
	found := cluster_admin_binding.violations with input as set
}

test_denies_cluster_role_binding if {
	_places(rbac.bound_to("cluster-admin")) == {"ClusterRoleBinding: roleRef"}
}

test_denies_role_binding if {
	set := testing.retyped(rbac.bound_to("cluster-admin"), rbac.cluster_role_binding, rbac.role_binding)
	_places(set) == {"RoleBinding: roleRef"}
}

test_denies_role_of_no_kind if {
	set := testing.patched(rbac.bound_to("cluster-admin"), rbac.cluster_role_binding, [{"op": "remove", "path": "/roleRef/kind"}])
	_places(set) == {"ClusterRoleBinding: roleRef"}
}

test_denies_binding_without_subjects if {
	set := testing.patched(rbac.bound_to("cluster-admin"), rbac.cluster_role_binding, [{"op": "remove", "path": "/subjects"}])
	_places(set) == {"ClusterRoleBinding: roleRef"}
}

test_denies_both_of_two_bindings if {
	one := rbac.bound_to("cluster-admin")
	others := testing.retyped(one, rbac.cluster_role_binding, rbac.role_binding)
	both := {"objects": array.concat(one.objects, [object.union(entry, {"id": entry.id + 100}) | some entry in others.objects])}
	_places(both) == {"ClusterRoleBinding: roleRef", "RoleBinding: roleRef"}
}

test_allows_role_of_that_name_in_a_namespace if {
	bound := testing.retyped(rbac.bound_to("cluster-admin"), rbac.cluster_role_binding, rbac.role_binding)
	_places(testing.patched(bound, rbac.role_binding, [{"op": "replace", "path": "/roleRef/kind", "value": "Role"}])) == set()
}

test_allows_other_roles if {
	every name in ["admin", "edit", "view", "my-cluster-admin", "cluster-admin-2"] {
		_places(rbac.bound_to(name)) == set()
	}
}

test_allows_what_is_as_it_should_be if {
	_places(testing.all) == set()
}

test_applies_to_its_kinds_only if {
	found := cluster_admin_binding.applies with input as testing.all
	testing.kinds(testing.all, found) == {"ClusterRoleBinding"}
	both := testing.retyped(testing.all, rbac.cluster_role_binding, rbac.role_binding)
	namespaced := cluster_admin_binding.applies with input as both
	testing.kinds(both, namespaced) == {"RoleBinding"}
}
