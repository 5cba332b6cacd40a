package hallmark.manifests.host_ports_test

import data.hallmark.manifests.host_ports
import data.hallmark.testing

test_denies_container if {
	set := testing.changed("apps/Deployment", [{"op": "add", "path": "/spec/template/spec/containers/0/ports/0/hostPort", "value": 8080}])
	found := host_ports.violations with input as set
	testing.places(set, found) == {"Deployment: spec/template/spec/containers/0/ports/0/hostPort"}
}

test_denies_init_and_ephemeral_container if {
	every field in ["initContainers", "ephemeralContainers"] {
		set := testing.changed("apps/Deployment", [testing.extra(field), {"op": "add", "path": sprintf("/spec/template/spec/%s/0/ports", [field]), "value": [{"containerPort": 8080, "hostPort": 8080}]}])
		found := host_ports.violations with input as set
		testing.places(set, found) == {sprintf("Deployment: spec/template/spec/%s/0/ports/0/hostPort", [field])}
	}
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
