package hallmark.manifests.allow_privilege_escalation_test

import data.hallmark.manifests.allow_privilege_escalation
import data.hallmark.testing

test_denies_container if {
	set := testing.changed("apps/Deployment", [{"op": "remove", "path": "/spec/template/spec/containers/0/securityContext/allowPrivilegeEscalation"}])
	found := allow_privilege_escalation.violations with input as set
	testing.places(set, found) == {"Deployment: spec/template/spec/containers/0/securityContext/allowPrivilegeEscalation"}
}

test_denies_escalation_allowed if {
	set := testing.changed("apps/Deployment", [{"op": "add", "path": "/spec/template/spec/containers/0/securityContext/allowPrivilegeEscalation", "value": true}])
	found := allow_privilege_escalation.violations with input as set
	testing.places(set, found) == {"Deployment: spec/template/spec/containers/0/securityContext/allowPrivilegeEscalation"}
}

test_denies_init_container if {
	set := testing.changed("apps/Deployment", [testing.extra("initContainers"), {"op": "remove", "path": "/spec/template/spec/initContainers/0/securityContext/allowPrivilegeEscalation"}])
	found := allow_privilege_escalation.violations with input as set
	testing.places(set, found) == {"Deployment: spec/template/spec/initContainers/0/securityContext/allowPrivilegeEscalation"}
}

test_denies_ephemeral_container if {
	set := testing.changed("apps/Deployment", [testing.extra("ephemeralContainers"), {"op": "remove", "path": "/spec/template/spec/ephemeralContainers/0/securityContext/allowPrivilegeEscalation"}])
	found := allow_privilege_escalation.violations with input as set
	testing.places(set, found) == {"Deployment: spec/template/spec/ephemeralContainers/0/securityContext/allowPrivilegeEscalation"}
}

test_allows_what_is_as_it_should_be if {
	set := testing.all
	found := allow_privilege_escalation.violations with input as set
	count(found) == 0
}

test_allows_windows_pod if {
	set := testing.changed("apps/Deployment", [{"op": "add", "path": "/spec/template/spec/os", "value": {"name": "windows"}}, {"op": "remove", "path": "/spec/template/spec/containers/0/securityContext/allowPrivilegeEscalation"}])
	found := allow_privilege_escalation.violations with input as set
	count(found) == 0
}

test_applies_to_its_kinds_only if {
	found := allow_privilege_escalation.applies with input as testing.all
	testing.kinds(testing.all, found) == {"CronJob", "Deployment", "StatefulSet"}
}
