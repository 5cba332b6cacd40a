package hallmark.lib.service_test

import data.hallmark.lib.service
import data.hallmark.testing

# The names of the Services that select pods.
_selecting(set) := {entry.object.metadata.name | some entry in found} if {
	found := service.selecting with input as set
}

_both := {"ledger", "quotes"}

test_finds_every_service if {
	ids := service.ids with input as testing.all
	ids == testing.ids(testing.all, {"/Service"})
	entries := service.entries with input as testing.all
	[entry.object.metadata.name | some entry in entries] == ["quotes", "ledger"]
}

test_knows_which_select_pods if {
	_selecting(testing.all) == _both
	_selecting(testing.changed("/Service", [{"op": "remove", "path": "/spec/selector"}])) == set()
	_selecting(testing.changed("/Service", [{"op": "replace", "path": "/spec/selector", "value": {}}])) == set()
	_selecting(testing.changed("/Service", [{"op": "remove", "path": "/spec"}])) == set()
	_selecting(testing.changed("/Service", [{"op": "add", "path": "/spec/type", "value": "ExternalName"}])) == set()
	_selecting(testing.changed("/Service", [{"op": "add", "path": "/spec/type", "value": "NodePort"}])) == _both
}

test_finds_the_pods_of_a_service if {
	expected := {"ledger": {"apps/StatefulSet"}, "quotes": {"apps/Deployment"}}
	entries := service.entries with input as testing.all
	every entry in entries {
		found := service.pods(entry) with input as testing.all
		found == testing.ids(testing.all, expected[entry.object.metadata.name])
		elsewhere := json.patch(entry, [{"op": "replace", "path": "/object/metadata/namespace", "value": "staging"}])
		none := service.pods(elsewhere) with input as testing.all
		none == set()
	}
}
