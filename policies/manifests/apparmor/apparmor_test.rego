package hallmark.manifests.apparmor_test

import data.hallmark.manifests.apparmor
import data.hallmark.testing

test_denies_container if {
	set := testing.changed("apps/Deployment", [{"op": "add", "path": "/spec/template/spec/containers/0/securityContext/appArmorProfile", "value": {"type": "Unconfined"}}])
	found := apparmor.violations with input as set
	testing.places(set, found) == {"Deployment: spec/template/spec/containers/0/securityContext/appArmorProfile"}
}

test_denies_pod if {
	set := testing.changed("apps/Deployment", [{"op": "add", "path": "/spec/template/spec/securityContext/appArmorProfile", "value": {"type": "Unconfined"}}])
	found := apparmor.violations with input as set
	testing.places(set, found) == {"Deployment: spec/template/spec/securityContext/appArmorProfile"}
}

test_denies_annotation if {
	set := testing.changed("apps/Deployment", [{"op": "add", "path": "/spec/template/metadata/annotations", "value": {"container.apparmor.security.beta.kubernetes.io/quotes": "unconfined"}}])
	found := apparmor.violations with input as set
	testing.places(set, found) == {"Deployment: spec/template/metadata/annotations/container.apparmor.security.beta.kubernetes.io/quotes"}
}

test_denies_init_container if {
	set := testing.changed("apps/Deployment", [testing.extra("initContainers"), {"op": "add", "path": "/spec/template/spec/initContainers/0/securityContext/appArmorProfile", "value": {"type": "Unconfined"}}])
	found := apparmor.violations with input as set
	testing.places(set, found) == {"Deployment: spec/template/spec/initContainers/0/securityContext/appArmorProfile"}
}

test_denies_ephemeral_container if {
	set := testing.changed("apps/Deployment", [testing.extra("ephemeralContainers"), {"op": "add", "path": "/spec/template/spec/ephemeralContainers/0/securityContext/appArmorProfile", "value": {"type": "Unconfined"}}])
	found := apparmor.violations with input as set
	testing.places(set, found) == {"Deployment: spec/template/spec/ephemeralContainers/0/securityContext/appArmorProfile"}
}

test_allows_what_is_as_it_should_be if {
	set := testing.all
	found := apparmor.violations with input as set
	count(found) == 0
}

test_allows_localhost if {
	set := testing.changed("apps/Deployment", [{"op": "add", "path": "/spec/template/spec/securityContext/appArmorProfile", "value": {"type": "Localhost"}}, {"op": "add", "path": "/spec/template/metadata/annotations", "value": {"container.apparmor.security.beta.kubernetes.io/quotes": "localhost/x"}}])
	found := apparmor.violations with input as set
	count(found) == 0
}

test_allows_default_annotations if {
	every value in ["", "runtime/default"] {
		set := testing.changed("apps/Deployment", [{"op": "add", "path": "/spec/template/metadata/annotations", "value": {"container.apparmor.security.beta.kubernetes.io/quotes": value}}])
		found := apparmor.violations with input as set
		count(found) == 0
	}
}

test_applies_to_its_kinds_only if {
	found := apparmor.applies with input as testing.all
	testing.kinds(testing.all, found) == {"CronJob", "Deployment", "StatefulSet"}
}
