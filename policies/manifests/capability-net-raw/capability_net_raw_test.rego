package hallmark.manifests.capability_net_raw_test

import data.hallmark.manifests.capability_net_raw
import data.hallmark.testing

test_denies_container if {
	set := testing.changed("apps/Deployment", [{"op": "remove", "path": "/spec/template/spec/containers/0/securityContext/capabilities"}])
	found := capability_net_raw.violations with input as set
	testing.places(set, found) == {"Deployment: spec/template/spec/containers/0/securityContext/capabilities"}
}

test_denies_net_raw_added_back if {
	every name in ["ALL", "NET_RAW"] {
		set := testing.changed("apps/Deployment", [{"op": "add", "path": "/spec/template/spec/containers/0/securityContext/capabilities/add", "value": [name]}])
		found := capability_net_raw.violations with input as set
		testing.places(set, found) == {"Deployment: spec/template/spec/containers/0/securityContext/capabilities"}
	}
}

test_denies_init_container if {
	set := testing.changed("apps/Deployment", [testing.extra("initContainers"), {"op": "remove", "path": "/spec/template/spec/initContainers/0/securityContext/capabilities"}])
	found := capability_net_raw.violations with input as set
	testing.places(set, found) == {"Deployment: spec/template/spec/initContainers/0/securityContext/capabilities"}
}

test_denies_ephemeral_container if {
	set := testing.changed("apps/Deployment", [testing.extra("ephemeralContainers"), {"op": "remove", "path": "/spec/template/spec/ephemeralContainers/0/securityContext/capabilities"}])
	found := capability_net_raw.violations with input as set
	testing.places(set, found) == {"Deployment: spec/template/spec/ephemeralContainers/0/securityContext/capabilities"}
}

test_allows_what_is_as_it_should_be if {
	set := testing.all
	found := capability_net_raw.violations with input as set
	count(found) == 0
}

test_allows_net_raw_dropped_alone if {
	set := testing.changed("apps/Deployment", [{"op": "add", "path": "/spec/template/spec/containers/0/securityContext/capabilities/drop", "value": ["NET_RAW"]}])
	found := capability_net_raw.violations with input as set
	count(found) == 0
}

test_applies_to_its_kinds_only if {
	found := capability_net_raw.applies with input as testing.all
	testing.kinds(testing.all, found) == {"CronJob", "Deployment", "StatefulSet"}
}
