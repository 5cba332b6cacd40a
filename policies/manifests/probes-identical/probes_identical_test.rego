package hallmark.manifests.probes_identical_test

import data.hallmark.manifests.probes_identical
import data.hallmark.testing

test_denies_container if {
	set := testing.changed("apps/Deployment", [{"op": "add", "path": "/spec/template/spec/containers/0/livenessProbe", "value": {"httpGet": {"path": "/", "port": 80}}}, {"op": "add", "path": "/spec/template/spec/containers/0/readinessProbe", "value": {"httpGet": {"path": "/", "port": 80}}}])
	found := probes_identical.violations with input as set
	testing.places(set, found) == {"Deployment: spec/template/spec/containers/0/readinessProbe"}
}

test_allows_what_is_as_it_should_be if {
	set := testing.all
	found := probes_identical.violations with input as set
	count(found) == 0
}

test_allows_one_probe if {
	set := testing.changed("apps/Deployment", [{"op": "remove", "path": "/spec/template/spec/containers/0/livenessProbe"}])
	found := probes_identical.violations with input as set
	count(found) == 0
}

test_applies_to_its_kinds_only if {
	found := probes_identical.applies with input as testing.all
	testing.kinds(testing.all, found) == {"CronJob", "Deployment", "StatefulSet"}
}
