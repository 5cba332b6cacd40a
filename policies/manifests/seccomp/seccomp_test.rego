package hallmark.manifests.seccomp_test

import data.hallmark.manifests.seccomp
import data.hallmark.testing

test_denies_container if {
	set := testing.changed("apps/Deployment", [{"op": "add", "path": "/spec/template/spec/containers/0/securityContext/seccompProfile", "value": {"type": "Unconfined"}}])
	found := seccomp.violations with input as set
	testing.places(set, found) == {"Deployment: spec/template/spec/containers/0/securityContext/seccompProfile"}
}

test_denies_annotation_only if {
	set := testing.changed("apps/Deployment", [{"op": "remove", "path": "/spec/template/spec/containers/0/securityContext/seccompProfile"}, {"op": "remove", "path": "/spec/template/spec/securityContext/seccompProfile"}, {"op": "add", "path": "/spec/template/metadata/annotations", "value": {"seccomp.security.alpha.kubernetes.io/pod": "runtime/default"}}])
	found := seccomp.violations with input as set
	testing.places(set, found) == {"Deployment: spec/template/spec/containers/0/securityContext/seccompProfile"}
}

test_denies_init_container if {
	set := testing.changed("apps/Deployment", [testing.extra("initContainers"), {"op": "add", "path": "/spec/template/spec/initContainers/0/securityContext/seccompProfile", "value": {"type": "Unconfined"}}])
	found := seccomp.violations with input as set
	testing.places(set, found) == {"Deployment: spec/template/spec/initContainers/0/securityContext/seccompProfile"}
}

test_denies_ephemeral_container if {
	set := testing.changed("apps/Deployment", [testing.extra("ephemeralContainers"), {"op": "add", "path": "/spec/template/spec/ephemeralContainers/0/securityContext/seccompProfile", "value": {"type": "Unconfined"}}])
	found := seccomp.violations with input as set
	testing.places(set, found) == {"Deployment: spec/template/spec/ephemeralContainers/0/securityContext/seccompProfile"}
}

test_allows_what_is_as_it_should_be if {
	set := testing.all
	found := seccomp.violations with input as set
	count(found) == 0
}

test_allows_set_by_the_pod_alone if {
	set := testing.changed("apps/Deployment", [{"op": "remove", "path": "/spec/template/spec/containers/0/securityContext/seccompProfile"}])
	found := seccomp.violations with input as set
	count(found) == 0
}

test_allows_profile_of_the_node if {
	set := testing.changed("apps/Deployment", [{"op": "add", "path": "/spec/template/spec/containers/0/securityContext/seccompProfile", "value": {"type": "Localhost", "localhostProfile": "profiles/quotes.json"}}])
	found := seccomp.violations with input as set
	count(found) == 0
}

test_allows_windows_pod if {
	set := testing.changed("apps/Deployment", [{"op": "add", "path": "/spec/template/spec/os", "value": {"name": "windows"}}, {"op": "remove", "path": "/spec/template/spec/containers/0/securityContext/seccompProfile"}, {"op": "remove", "path": "/spec/template/spec/securityContext/seccompProfile"}])
	found := seccomp.violations with input as set
	count(found) == 0
}

test_applies_to_its_kinds_only if {
	found := seccomp.applies with input as testing.all
	testing.kinds(testing.all, found) == {"CronJob", "Deployment", "StatefulSet"}
}
