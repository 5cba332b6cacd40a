package hallmark.manifests.capability_sys_admin_test

import data.hallmark.manifests.capability_sys_admin
import data.hallmark.testing

test_denies_every_spelling if {
	every name in ["ALL", "CAP_SYS_ADMIN", "SYS_ADMIN"] {
		set := testing.changed("apps/Deployment", [{"op": "add", "path": "/spec/template/spec/containers/0/securityContext/capabilities/add", "value": [name]}])
		found := capability_sys_admin.violations with input as set
		testing.places(set, found) == {"Deployment: spec/template/spec/containers/0/securityContext/capabilities/add/0"}
	}
}

test_denies_init_container if {
	set := testing.changed("apps/Deployment", [testing.extra("initContainers"), {"op": "add", "path": "/spec/template/spec/initContainers/0/securityContext/capabilities/add", "value": ["SYS_ADMIN"]}])
	found := capability_sys_admin.violations with input as set
	testing.places(set, found) == {"Deployment: spec/template/spec/initContainers/0/securityContext/capabilities/add/0"}
}

test_denies_ephemeral_container if {
	set := testing.changed("apps/Deployment", [testing.extra("ephemeralContainers"), {"op": "add", "path": "/spec/template/spec/ephemeralContainers/0/securityContext/capabilities/add", "value": ["SYS_ADMIN"]}])
	found := capability_sys_admin.violations with input as set
	testing.places(set, found) == {"Deployment: spec/template/spec/ephemeralContainers/0/securityContext/capabilities/add/0"}
}

test_allows_what_is_as_it_should_be if {
	set := testing.all
	found := capability_sys_admin.violations with input as set
	count(found) == 0
}

test_allows_another_capability if {
	set := testing.changed("apps/Deployment", [{"op": "add", "path": "/spec/template/spec/containers/0/securityContext/capabilities/add", "value": ["CHOWN"]}])
	found := capability_sys_admin.violations with input as set
	count(found) == 0
}

test_applies_to_its_kinds_only if {
	found := capability_sys_admin.applies with input as testing.all
	testing.kinds(testing.all, found) == {"CronJob", "Deployment", "StatefulSet"}
}
