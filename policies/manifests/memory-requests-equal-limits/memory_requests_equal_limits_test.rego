package hallmark.manifests.memory_requests_equal_limits_test

import data.hallmark.manifests.memory_requests_equal_limits
import data.hallmark.testing

_deployment := "apps/Deployment"

_place(field) := sprintf("Deployment: spec/template/spec/%s/0/resources", [field])

_places(set) := testing.places(set, found) if {
	found := memory_requests_equal_limits.violations with input as set
}

# The Deployment, one container of which has these resources.
_with(field, resources) := testing.only([_deployment], array.concat(_extra[field], [{"op": "replace", "path": sprintf("/spec/template/spec/%s/0/resources", [field]), "value": resources}]))

_extra := {
	"containers": [],
	"initContainers": [testing.extra("initContainers"), _equal("containers")],
	"ephemeralContainers": [
		testing.extra("ephemeralContainers"),
		_equal("containers"),
		{"op": "add", "path": "/spec/template/spec/ephemeralContainers/0/resources", "value": {}},
	],
}

_equal(field) := {"op": "replace", "path": sprintf("/spec/template/spec/%s/0/resources/requests/memory", [field]), "value": "192Mi"}

_amounts(request, limit) := {"requests": {"memory": request}, "limits": {"memory": limit}}

test_denies_other_amounts_of_every_container if {
	every field in ["containers", "initContainers"] {
		_places(_with(field, _amounts("96Mi", "192Mi"))) == {_place(field)}
		_places(_with(field, _amounts("192Mi", "96Mi"))) == {_place(field)}
		_places(_with(field, _amounts("1Gi", "1G"))) == {_place(field)}
	}
}

test_denies_what_is_left_out_or_no_amount if {
	every resources in [
		{},
		{"limits": {"cpu": "1"}},
		{"requests": {"memory": "96Mi"}},
		_amounts("", "96Mi"),
		_amounts("lots", "lots"),
	] {
		_places(_with("containers", resources)) == {_place("containers")}
	}
}

test_allows_one_amount_however_written if {
	every resources in [_amounts("192Mi", "192Mi"), _amounts("1Gi", "1024Mi"), _amounts("1G", 1000000000)] {
		_places(_with("containers", resources)) == set()
		_places(_with("initContainers", resources)) == set()
	}
}

test_allows_limit_that_becomes_the_request if {
	_places(_with("containers", {"limits": {"memory": "96Mi"}})) == set()
	_places(_with("containers", {"limits": {"memory": "96Mi"}, "requests": {"cpu": "1"}})) == set()
}

test_judges_no_ephemeral_container if {
	_places(_with("ephemeralContainers", _amounts("96Mi", "192Mi"))) == set()
}

test_applies_to_its_kinds_only if {
	found := memory_requests_equal_limits.applies with input as testing.all
	found == testing.ids(testing.all, testing.workloads)
}
