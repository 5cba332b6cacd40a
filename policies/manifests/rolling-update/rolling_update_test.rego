package hallmark.manifests.rolling_update_test

import data.hallmark.manifests.rolling_update
import data.hallmark.testing

_places(set) := testing.places(set, found) if {
	found := rolling_update.violations with input as set
}

_judged(set) := found if {
	found := rolling_update.applies with input as set
}

_fields := {
	"apps/DaemonSet": "updateStrategy",
	"apps/Deployment": "strategy",
	"apps/StatefulSet": "updateStrategy",
	"extensions/Deployment": "strategy",
}

# An object of this type with this strategy.
_with(type, strategy) := testing.patched(testing.as_kind(type, []), type, [{"op": "add", "path": sprintf("/spec/%s", [_fields[type]]), "value": strategy}])

test_denies_other_strategies if {
	every type, field in _fields {
		every other in ["Recreate", "OnDelete", "rollingUpdate", ""] {
			_places(_with(type, {"type": other})) == {sprintf("%s: spec/%s", [split(type, "/")[1], field])}
		}
	}
}

test_allows_strategy_of_another_kind if {
	every type, field in {"apps/DaemonSet": "strategy", "apps/Deployment": "updateStrategy"} {
		_places(testing.patched(testing.as_kind(type, []), type, [{"op": "add", "path": sprintf("/spec/%s", [field]), "value": {"type": "Recreate"}}])) == set()
	}
}

test_denies_both_of_two if {
	set := testing.doubled(_with("apps/Deployment", {"type": "Recreate"}), "apps/Deployment", [])
	found := rolling_update.violations with input as set
	{one.object | some one in found} == {0, 1000}
}

test_allows_rolling_update_and_what_is_left_out if {
	every type, _ in _fields {
		every strategy in [{"type": "RollingUpdate"}, {"rollingUpdate": {"maxUnavailable": 1}}, {}] {
			_places(_with(type, strategy)) == set()
		}
		_places(testing.as_kind(type, [])) == set()
		_judged(testing.as_kind(type, [])) == {0}
	}
}

test_allows_what_is_as_it_should_be if {
	_places(testing.all) == set()
}

test_applies_to_its_kinds_only if {
	_judged(testing.all) == testing.ids(testing.all, {"apps/Deployment", "apps/StatefulSet"})
	_judged(testing.as_kind("apps/ReplicaSet", [])) == set()
}
