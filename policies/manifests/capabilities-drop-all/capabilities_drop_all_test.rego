package hallmark.manifests.capabilities_drop_all_test

import data.hallmark.manifests.capabilities_drop_all
import data.hallmark.testing

test_denies_container if {
	set := testing.changed("apps/Deployment", [{"op": "remove", "path": "/spec/template/spec/containers/0/securityContext/capabilities"}])
	found := capabilities_drop_all.violations with input as set
	testing.places(set, found) == {"Deployment: spec/template/spec/containers/0/securityContext/capabilities"}
}

test_denies_another_capability_dropped if {
	set := testing.changed("apps/Deployment", [{"op": "add", "path": "/spec/template/spec/containers/0/securityContext/capabilities/drop", "value": ["CAP_NET_RAW"]}])
	found := capabilities_drop_all.violations with input as set
	testing.places(set, found) == {"Deployment: spec/template/spec/containers/0/securityContext/capabilities"}
}

test_denies_lower_case if {
	set := testing.changed("apps/Deployment", [{"op": "add", "path": "/spec/template/spec/containers/0/securityContext/capabilities/drop", "value": ["all"]}])
	found := capabilities_drop_all.violations with input as set
	testing.places(set, found) == {"Deployment: spec/template/spec/containers/0/securityContext/capabilities"}
}

test_denies_init_container if {
	set := testing.changed("apps/Deployment", [testing.extra("initContainers"), {"op": "remove", "path": "/spec/template/spec/initContainers/0/securityContext/capabilities"}])
	found := capabilities_drop_all.violations with input as set
	testing.places(set, found) == {"Deployment: spec/template/spec/initContainers/0/securityContext/capabilities"}
}

test_denies_ephemeral_container if {
	set := testing.changed("apps/Deployment", [testing.extra("ephemeralContainers"), {"op": "remove", "path": "/spec/template/spec/ephemeralContainers/0/securityContext/capabilities"}])
	found := capabilities_drop_all.violations with input as set
	testing.places(set, found) == {"Deployment: spec/template/spec/ephemeralContainers/0/securityContext/capabilities"}
}

test_allows_what_is_as_it_should_be if {
	set := testing.all
	found := capabilities_drop_all.violations with input as set
	count(found) == 0
}

test_allows_windows_pod if {
	set := testing.changed("apps/Deployment", [{"op": "add", "path": "/spec/template/spec/os", "value": {"name": "windows"}}, {"op": "remove", "path": "/spec/template/spec/containers/0/securityContext/capabilities"}])
	found := capabilities_drop_all.violations with input as set
	count(found) == 0
}

test_applies_to_its_kinds_only if {
	found := capabilities_drop_all.applies with input as testing.all
	testing.kinds(testing.all, found) == {"CronJob", "Deployment", "StatefulSet"}
}
