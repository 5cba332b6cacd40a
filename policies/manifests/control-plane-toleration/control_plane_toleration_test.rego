package hallmark.manifests.control_plane_toleration_test

import data.hallmark.manifests.control_plane_toleration
import data.hallmark.testing

_places(set) := testing.places(set, found) if {
	found := control_plane_toleration.violations with input as set
}

_with(tolerations) := testing.pod([{"op": "add", "path": "/tolerations", "value": tolerations}])

test_denies_all_of_several if {
	bad := {"key": "node-role.kubernetes.io/control-plane", "operator": "Exists"}
	_places(_with([bad, {"key": "a", "operator": "Exists"}, bad])) == testing.in_pod(["tolerations/0", "tolerations/2"])
}

test_denies_both_taints_however_tolerated if {
	every key in ["node-role.kubernetes.io/control-plane", "node-role.kubernetes.io/master"] {
		every how in [{}, {"operator": "Exists"}, {"operator": "Equal", "value": ""}, {"effect": "NoSchedule"}, {"effect": "NoExecute"}] {
			_places(_with([object.union({"key": key}, how)])) == testing.in_pod(["tolerations/0"])
		}
	}
}

test_denies_toleration_of_everything if {
	every toleration in [
		{"operator": "Exists"},
		{"operator": "Exists", "key": ""},
		{"operator": "Exists", "effect": ""},
		{"operator": "Exists", "effect": "NoSchedule"},
	] {
		_places(_with([toleration])) == testing.in_pod(["tolerations/0"])
	}
}

test_allows_other_tolerations if {
	every toleration in [
		{"key": "a", "operator": "Exists"},
		{"key": "node-role.kubernetes.io/other"},
		{"operator": "Exists", "effect": "NoExecute"},
		{"operator": "Exists", "effect": "PreferNoSchedule"},
		{"operator": "Equal", "value": "a"},
		{},
	] {
		_places(_with([toleration])) == set()
	}
}

test_allows_what_is_as_it_should_be if {
	_places(testing.all) == set()
}

test_applies_to_its_kinds_only if {
	found := control_plane_toleration.applies with input as testing.all
	found == testing.ids(testing.all, testing.workloads)
}
