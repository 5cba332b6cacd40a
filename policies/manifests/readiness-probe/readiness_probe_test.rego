package hallmark.manifests.readiness_probe_test

import data.hallmark.manifests.readiness_probe
import data.hallmark.testing

test_denies_container if {
	set := testing.changed("apps/Deployment", [{"op": "remove", "path": "/spec/template/spec/containers/0/readinessProbe"}])
	found := readiness_probe.violations with input as set
	testing.places(set, found) == {"Deployment: spec/template/spec/containers/0/readinessProbe"}
}

test_allows_what_is_as_it_should_be if {
	set := testing.all
	found := readiness_probe.violations with input as set
	count(found) == 0
}

test_allows_init_container_without_it if {
	set := testing.changed("apps/Deployment", [testing.extra("initContainers"), {"op": "remove", "path": "/spec/template/spec/initContainers/0/readinessProbe"}])
	found := readiness_probe.violations with input as set
	count(found) == 0
}

test_allows_job_without_it if {
	set := testing.as_kind("batch/Job", [{"op": "remove", "path": "/spec/containers/0/readinessProbe"}])
	found := readiness_probe.violations with input as set
	count(found) == 0
}

test_applies_to_its_kinds_only if {
	found := readiness_probe.applies with input as testing.all
	testing.kinds(testing.all, found) == {"Deployment", "StatefulSet"}
}
