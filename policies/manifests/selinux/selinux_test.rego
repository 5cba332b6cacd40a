package hallmark.manifests.selinux_test

import data.hallmark.manifests.selinux
import data.hallmark.testing

test_denies_container if {
	set := testing.changed("apps/Deployment", [{"op": "add", "path": "/spec/template/spec/containers/0/securityContext/seLinuxOptions", "value": {"type": "spc_t"}}])
	found := selinux.violations with input as set
	testing.places(set, found) == {"Deployment: spec/template/spec/containers/0/securityContext/seLinuxOptions"}
}

test_denies_pod_with_user if {
	set := testing.changed("apps/Deployment", [{"op": "add", "path": "/spec/template/spec/securityContext/seLinuxOptions", "value": {"user": "system_u"}}])
	found := selinux.violations with input as set
	testing.places(set, found) == {"Deployment: spec/template/spec/securityContext/seLinuxOptions"}
}

test_denies_role if {
	set := testing.changed("apps/Deployment", [{"op": "add", "path": "/spec/template/spec/securityContext/seLinuxOptions", "value": {"role": "sysadm_r"}}])
	found := selinux.violations with input as set
	testing.places(set, found) == {"Deployment: spec/template/spec/securityContext/seLinuxOptions"}
}

test_denies_init_container if {
	set := testing.changed("apps/Deployment", [testing.extra("initContainers"), {"op": "add", "path": "/spec/template/spec/initContainers/0/securityContext/seLinuxOptions", "value": {"type": "spc_t"}}])
	found := selinux.violations with input as set
	testing.places(set, found) == {"Deployment: spec/template/spec/initContainers/0/securityContext/seLinuxOptions"}
}

test_denies_ephemeral_container if {
	set := testing.changed("apps/Deployment", [testing.extra("ephemeralContainers"), {"op": "add", "path": "/spec/template/spec/ephemeralContainers/0/securityContext/seLinuxOptions", "value": {"type": "spc_t"}}])
	found := selinux.violations with input as set
	testing.places(set, found) == {"Deployment: spec/template/spec/ephemeralContainers/0/securityContext/seLinuxOptions"}
}

test_allows_what_is_as_it_should_be if {
	set := testing.all
	found := selinux.violations with input as set
	count(found) == 0
}

test_allows_every_container_type if {
	every type in ["", "container_t", "container_init_t", "container_kvm_t", "container_engine_t"] {
		set := testing.changed("apps/Deployment", [{"op": "add", "path": "/spec/template/spec/securityContext/seLinuxOptions", "value": {"type": type, "level": "s0"}}])
		found := selinux.violations with input as set
		count(found) == 0
	}
}

test_applies_to_its_kinds_only if {
	found := selinux.applies with input as testing.all
	testing.kinds(testing.all, found) == {"CronJob", "Deployment", "StatefulSet"}
}
