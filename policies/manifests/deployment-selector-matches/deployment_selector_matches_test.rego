package hallmark.manifests.deployment_selector_matches_test

import data.hallmark.manifests.deployment_selector_matches
import data.hallmark.testing

_places(set) := testing.places(set, found) if {
	found := deployment_selector_matches.violations with input as set
}

_judged(set) := found if {
	found := deployment_selector_matches.applies with input as set
}

# The fixture's pod template in an object of this type, with this selector.
_selecting(type, selector) := testing.patched(testing.as_kind(type, []), type, [{"op": "add", "path": "/spec/selector", "value": selector}])

_place(type) := {sprintf("%s: spec/selector", [split(type, "/")[1]])}

_own := {"app.kubernetes.io/name": "quotes"}

_other := {"app.kubernetes.io/name": "other"}

_types := ["apps/Deployment", "apps/StatefulSet", "apps/DaemonSet", "apps/ReplicaSet", "extensions/Deployment"]

test_denies_other_labels if {
	every type in array.concat(_types, ["batch/Job"]) {
		_places(_selecting(type, {"matchLabels": _other})) == _place(type)
		_places(_selecting(type, {"matchLabels": _own, "matchExpressions": [{"key": "app.kubernetes.io/name", "operator": "DoesNotExist"}]})) == _place(type)
	}
	_places(_selecting("/ReplicationController", _other)) == {"ReplicationController: spec/selector"}
}

test_denies_selector_of_nothing if {
	every type in _types {
		every selector in [{}, {"matchLabels": {}}, {"matchExpressions": []}, {"matchLabels": {}, "matchExpressions": []}] {
			_places(_selecting(type, selector)) == _place(type)
		}
		_places(testing.as_kind(type, [])) == _place(type)
	}
	_places(_selecting("/ReplicationController", {})) == {"ReplicationController: spec/selector"}
}

test_denies_template_without_labels if {
	every path in ["/spec/template/metadata/labels", "/spec/template/metadata"] {
		_places(testing.changed("apps/Deployment", [{"op": "remove", "path": path}])) == {"Deployment: spec/selector"}
	}
}

test_denies_both_of_two if {
	set := testing.doubled(_selecting("apps/Deployment", {"matchLabels": _other}), "apps/Deployment", [])
	found := deployment_selector_matches.violations with input as set
	{one.object | some one in found} == {0, 1000}
}

test_allows_own_labels if {
	every type in array.concat(_types, ["batch/Job"]) {
		_places(_selecting(type, {"matchLabels": _own})) == set()
		_places(_selecting(type, {"matchLabels": {}, "matchExpressions": [{"key": "app.kubernetes.io/name", "operator": "Exists"}]})) == set()
		_judged(_selecting(type, {"matchLabels": _own})) == {0}
	}
	_places(_selecting("/ReplicationController", _own)) == set()
	_judged(_selecting("/ReplicationController", _own)) == {0}
}

test_judges_nothing_that_may_leave_it_out_and_does if {
	every type in ["batch/Job", "/ReplicationController", "batch/CronJob", "/Pod"] {
		_judged(testing.as_kind(type, [])) == set()
		_places(testing.as_kind(type, [])) == set()
	}
}

test_allows_what_is_as_it_should_be if {
	_places(testing.all) == set()
}

test_applies_to_its_kinds_only if {
	_judged(testing.all) == testing.ids(testing.all, {"apps/Deployment", "apps/StatefulSet"})
}
