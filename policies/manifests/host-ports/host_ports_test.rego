package hallmark.manifests.host_ports_test

import data.hallmark.manifests.host_ports
import data.hallmark.testing

test_denies_container if {
	set := testing.changed("apps/Deployment", [{"op": "add", "path": "/spec/template/spec/containers/0/ports/0/hostPort", "value": 8080}])
	found := host_ports.violations with input as set
	testing.places(set, found) == {"Deployment: spec/template/spec/containers/0/ports/0/hostPort"}
}

test_denies_init_container if {
	set := testing.changed("apps/Deployment", [testing.extra("initContainers"), {"op": "add", "path": "/spec/template/spec/initContainers/0/ports/0/hostPort", "value": 8080}])
	found := host_ports.violations with input as set
	testing.places(set, found) == {"Deployment: spec/template/spec/initContainers/0/ports/0/hostPort"}
}

test_allows_what_is_as_it_should_be if {
	set := testing.all
	found := host_ports.violations with input as set
	count(found) == 0
}

test_allows_zero if {
	set := testing.changed("apps/Deployment", [{"op": "add", "path": "/spec/template/spec/containers/0/ports/0/hostPort", "value": 0}])
	found := host_ports.violations with input as set
	count(found) == 0
}

test_applies_to_its_kinds_only if {
	found := host_ports.applies with input as testing.all
	testing.kinds(testing.all, found) == {"CronJob", "Deployment", "StatefulSet"}
}
