package hallmark.manifests.run_as_user_root_test

import data.hallmark.manifests.run_as_user_root
import data.hallmark.testing

test_denies_container if {
	set := testing.changed("apps/Deployment", [{"op": "add", "path": "/spec/template/spec/containers/0/securityContext/runAsUser", "value": 0}])
	found := run_as_user_root.violations with input as set
	testing.places(set, found) == {"Deployment: spec/template/spec/containers/0/securityContext/runAsUser"}
}

test_denies_pod if {
	set := testing.changed("apps/Deployment", [{"op": "add", "path": "/spec/template/spec/securityContext/runAsUser", "value": 0}])
	found := run_as_user_root.violations with input as set
	testing.places(set, found) == {"Deployment: spec/template/spec/securityContext/runAsUser"}
}

test_denies_init_container if {
	set := testing.changed("apps/Deployment", [testing.extra("initContainers"), {"op": "add", "path": "/spec/template/spec/initContainers/0/securityContext/runAsUser", "value": 0}])
	found := run_as_user_root.violations with input as set
	testing.places(set, found) == {"Deployment: spec/template/spec/initContainers/0/securityContext/runAsUser"}
}

test_denies_ephemeral_container if {
	set := testing.changed("apps/Deployment", [testing.extra("ephemeralContainers"), {"op": "add", "path": "/spec/template/spec/ephemeralContainers/0/securityContext/runAsUser", "value": 0}])
	found := run_as_user_root.violations with input as set
	testing.places(set, found) == {"Deployment: spec/template/spec/ephemeralContainers/0/securityContext/runAsUser"}
}

test_allows_what_is_as_it_should_be if {
	set := testing.all
	found := run_as_user_root.violations with input as set
	count(found) == 0
}

test_allows_user_left_out if {
	set := testing.changed("apps/Deployment", [{"op": "remove", "path": "/spec/template/spec/containers/0/securityContext/runAsUser"}, {"op": "remove", "path": "/spec/template/spec/securityContext/runAsUser"}])
	found := run_as_user_root.violations with input as set
	count(found) == 0
}

test_applies_to_its_kinds_only if {
	found := run_as_user_root.applies with input as testing.all
	testing.kinds(testing.all, found) == {"CronJob", "Deployment", "StatefulSet"}
}
