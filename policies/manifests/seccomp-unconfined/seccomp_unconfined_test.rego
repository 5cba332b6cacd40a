package hallmark.manifests.seccomp_unconfined_test

import data.hallmark.manifests.seccomp_unconfined
import data.hallmark.testing

test_denies_container if {
	set := testing.changed("apps/Deployment", [{"op": "add", "path": "/spec/template/spec/containers/0/securityContext/seccompProfile", "value": {"type": "Unconfined"}}])
	found := seccomp_unconfined.violations with input as set
	testing.places(set, found) == {"Deployment: spec/template/spec/containers/0/securityContext/seccompProfile"}
}

test_denies_pod if {
	set := testing.changed("apps/Deployment", [{"op": "add", "path": "/spec/template/spec/securityContext/seccompProfile/type", "value": "Unconfined"}])
	found := seccomp_unconfined.violations with input as set
	testing.places(set, found) == {"Deployment: spec/template/spec/securityContext/seccompProfile"}
}

test_denies_init_container if {
	set := testing.changed("apps/Deployment", [testing.extra("initContainers"), {"op": "add", "path": "/spec/template/spec/initContainers/0/securityContext/seccompProfile", "value": {"type": "Unconfined"}}])
	found := seccomp_unconfined.violations with input as set
	testing.places(set, found) == {"Deployment: spec/template/spec/initContainers/0/securityContext/seccompProfile"}
}

test_denies_ephemeral_container if {
	set := testing.changed("apps/Deployment", [testing.extra("ephemeralContainers"), {"op": "add", "path": "/spec/template/spec/ephemeralContainers/0/securityContext/seccompProfile", "value": {"type": "Unconfined"}}])
	found := seccomp_unconfined.violations with input as set
	testing.places(set, found) == {"Deployment: spec/template/spec/ephemeralContainers/0/securityContext/seccompProfile"}
}

test_allows_what_is_as_it_should_be if {
	set := testing.all
	found := seccomp_unconfined.violations with input as set
	count(found) == 0
}

test_allows_profile_left_out if {
	set := testing.changed("apps/Deployment", [{"op": "remove", "path": "/spec/template/spec/containers/0/securityContext/seccompProfile"}, {"op": "remove", "path": "/spec/template/spec/securityContext/seccompProfile"}])
	found := seccomp_unconfined.violations with input as set
	count(found) == 0
}

test_applies_to_its_kinds_only if {
	found := seccomp_unconfined.applies with input as testing.all
	testing.kinds(testing.all, found) == {"CronJob", "Deployment", "StatefulSet"}
}
