package hallmark.manifests.probes_identical_test

import data.hallmark.manifests.probes_identical
import data.hallmark.testing

_probe := {"httpGet": {"path": "/", "port": 80}}

_with_same_probes(field) := [
	{"op": "add", "path": sprintf("/spec/template/spec/%s/0/livenessProbe", [field]), "value": _probe},
	{"op": "add", "path": sprintf("/spec/template/spec/%s/0/readinessProbe", [field]), "value": _probe},
]

test_denies_container if {
	set := testing.changed("apps/Deployment", _with_same_probes("containers"))
	found := probes_identical.violations with input as set
	testing.places(set, found) == {"Deployment: spec/template/spec/containers/0/readinessProbe"}
}

test_denies_init_and_ephemeral_container if {
	every field in ["initContainers", "ephemeralContainers"] {
		set := testing.changed("apps/Deployment", array.concat([testing.extra(field)], _with_same_probes(field)))
		found := probes_identical.violations with input as set
		testing.places(set, found) == {sprintf("Deployment: spec/template/spec/%s/0/readinessProbe", [field])}
	}
}

test_allows_what_is_as_it_should_be if {
	set := testing.all
	found := probes_identical.violations with input as set
	count(found) == 0
}

test_allows_one_probe if {
	every field in ["livenessProbe", "readinessProbe"] {
		set := testing.changed("apps/Deployment", [{"op": "remove", "path": sprintf("/spec/template/spec/containers/0/%s", [field])}])
		found := probes_identical.violations with input as set
		count(found) == 0
	}
}

test_applies_to_its_kinds_only if {
	found := probes_identical.applies with input as testing.all
	testing.kinds(testing.all, found) == {"CronJob", "Deployment", "StatefulSet"}
}
