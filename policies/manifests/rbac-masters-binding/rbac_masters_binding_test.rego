package hallmark.manifests.rbac_masters_binding_test

import data.hallmark.manifests.rbac_masters_binding
import data.hallmark.testing
import data.hallmark.testing.rbac

_places(set) := testing.places(set, found) if {
	found := rbac_masters_binding.violations with input as set
}

test_denies_every_name if {
	every subject in [["Group", "system:masters"], ["User", "system:masters"]] {
		_places(rbac.with_subject(subject[0], subject[1])) == {"ClusterRoleBinding: subjects/1"}
	}
}

test_denies_both_of_two_subjects if {
	bad := {"kind": "Group", "name": "system:masters"}
	set := testing.changed(rbac.cluster_role_binding, [{"op": "replace", "path": "/subjects", "value": [bad, {"kind": "User", "name": "ada"}, bad]}])
	_places(set) == {"ClusterRoleBinding: subjects/0", "ClusterRoleBinding: subjects/2"}
}

test_denies_role_binding if {
	set := testing.retyped(rbac.with_subject("Group", "system:masters"), rbac.cluster_role_binding, rbac.role_binding)
	_places(set) == {"RoleBinding: subjects/1"}
}

test_allows_other_names if {
	every subject in [["Group", "masters"], ["Group", "system:nodes"], ["User", "system:anonymous"]] {
		_places(rbac.with_subject(subject[0], subject[1])) == set()
	}
}

test_allows_binding_without_subjects if {
	_places(testing.changed(rbac.cluster_role_binding, [{"op": "remove", "path": "/subjects"}])) == set()
}

test_allows_what_is_as_it_should_be if {
	_places(testing.all) == set()
}

test_applies_to_its_kinds_only if {
	found := rbac_masters_binding.applies with input as testing.all
	testing.kinds(testing.all, found) == {"ClusterRoleBinding"}
}
