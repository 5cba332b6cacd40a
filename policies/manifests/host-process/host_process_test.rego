package hallmark.manifests.host_process_test

import data.hallmark.manifests.host_process
import data.hallmark.testing

test_denies_container if {
	set := testing.changed("apps/Deployment", [{"op": "add", "path": "/spec/template/spec/containers/0/securityContext/windowsOptions", "value": {"hostProcess": true}}])
	found := host_process.violations with input as set
	testing.places(set, found) == {"Deployment: spec/template/spec/containers/0/securityContext/windowsOptions/hostProcess"}
}

test_denies_pod if {
	set := testing.changed("apps/Deployment", [{"op": "add", "path": "/spec/template/spec/securityContext/windowsOptions", "value": {"hostProcess": true}}])
	found := host_process.violations with input as set
	testing.places(set, found) == {"Deployment: spec/template/spec/securityContext/windowsOptions/hostProcess"}
}

test_denies_init_container if {
	set := testing.changed("apps/Deployment", [testing.extra("initContainers"), {"op": "add", "path": "/spec/template/spec/initContainers/0/securityContext/windowsOptions", "value": {"hostProcess": true}}])
	found := host_process.violations with input as set
	testing.places(set, found) == {"Deployment: spec/template/spec/initContainers/0/securityContext/windowsOptions/hostProcess"}
}

test_denies_ephemeral_container if {
	set := testing.changed("apps/Deployment", [testing.extra("ephemeralContainers"), {"op": "add", "path": "/spec/template/spec/ephemeralContainers/0/securityContext/windowsOptions", "value": {"hostProcess": true}}])
	found := host_process.violations with input as set
	testing.places(set, found) == {"Deployment: spec/template/spec/ephemeralContainers/0/securityContext/windowsOptions/hostProcess"}
}

test_allows_what_is_as_it_should_be if {
	set := testing.all
	found := host_process.violations with input as set
	count(found) == 0
}

test_allows_false if {
	set := testing.changed("apps/Deployment", [{"op": "add", "path": "/spec/template/spec/securityContext/windowsOptions", "value": {"hostProcess": false}}])
	found := host_process.violations with input as set
	count(found) == 0
}

test_applies_to_its_kinds_only if {
	found := host_process.applies with input as testing.all
	testing.kinds(testing.all, found) == {"CronJob", "Deployment", "StatefulSet"}
}
