package hallmark.manifests.host_aliases_test

import data.hallmark.manifests.host_aliases
import data.hallmark.testing

_places(set) := testing.places(set, found) if {
	found := host_aliases.violations with input as set
}

_with(aliases) := testing.pod([{"op": "add", "path": "/hostAliases", "value": aliases}])

test_denies_alias if {
	_places(_with([{"ip": "10.0.0.1", "hostnames": ["db"]}])) == testing.in_pod(["hostAliases"])
}

test_allows_empty_list if {
	_places(_with([])) == set()
}

test_allows_what_is_as_it_should_be if {
	_places(testing.all) == set()
}

test_applies_to_its_kinds_only if {
	found := host_aliases.applies with input as testing.all
	found == testing.ids(testing.all, testing.workloads)
}
