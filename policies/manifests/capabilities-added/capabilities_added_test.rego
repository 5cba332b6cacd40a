package hallmark.manifests.capabilities_added_test

import data.hallmark.manifests.capabilities_added
import data.hallmark.testing

test_denies_container if {
	set := testing.changed("apps/Deployment", [{"op": "add", "path": "/spec/template/spec/containers/0/securityContext/capabilities/add", "value": ["NET_ADMIN"]}])
	found := capabilities_added.violations with input as set
	testing.places(set, found) == {"Deployment: spec/template/spec/containers/0/securityContext/capabilities/add/0"}
}

test_denies_both_of_two if {
	set := testing.changed("apps/Deployment", [{"op": "add", "path": "/spec/template/spec/containers/0/securityContext/capabilities/add", "value": ["NET_ADMIN", "CHOWN", "CAP_CHOWN"]}])
	found := capabilities_added.violations with input as set
	testing.places(set, found) == {"Deployment: spec/template/spec/containers/0/securityContext/capabilities/add/0", "Deployment: spec/template/spec/containers/0/securityContext/capabilities/add/2"}
}

test_denies_init_container if {
	set := testing.changed("apps/Deployment", [testing.extra("initContainers"), {"op": "add", "path": "/spec/template/spec/initContainers/0/securityContext/capabilities/add", "value": ["NET_ADMIN"]}])
	found := capabilities_added.violations with input as set
	testing.places(set, found) == {"Deployment: spec/template/spec/initContainers/0/securityContext/capabilities/add/0"}
}

test_denies_ephemeral_container if {
	set := testing.changed("apps/Deployment", [testing.extra("ephemeralContainers"), {"op": "add", "path": "/spec/template/spec/ephemeralContainers/0/securityContext/capabilities/add", "value": ["NET_ADMIN"]}])
	found := capabilities_added.violations with input as set
	testing.places(set, found) == {"Deployment: spec/template/spec/ephemeralContainers/0/securityContext/capabilities/add/0"}
}

test_allows_what_is_as_it_should_be if {
	set := testing.all
	found := capabilities_added.violations with input as set
	count(found) == 0
}

test_allows_every_baseline_capability if {
	names := ["AUDIT_WRITE", "CHOWN", "DAC_OVERRIDE", "FOWNER", "FSETID", "KILL", "MKNOD", "NET_BIND_SERVICE", "SETFCAP", "SETGID", "SETPCAP", "SETUID", "SYS_CHROOT"]
	set := testing.changed("apps/Deployment", [{"op": "add", "path": "/spec/template/spec/containers/0/securityContext/capabilities/add", "value": names}])
	found := capabilities_added.violations with input as set
	count(found) == 0
}

test_applies_to_its_kinds_only if {
	found := capabilities_added.applies with input as testing.all
	testing.kinds(testing.all, found) == {"CronJob", "Deployment", "StatefulSet"}
}
