package hallmark.manifests.host_probe_test

import data.hallmark.manifests.host_probe
import data.hallmark.testing

test_denies_container if {
	set := testing.changed("apps/Deployment", [{"op": "add", "path": "/spec/template/spec/containers/0/livenessProbe/httpGet/host", "value": "127.0.0.1"}])
	found := host_probe.violations with input as set
	testing.places(set, found) == {"Deployment: spec/template/spec/containers/0/livenessProbe/httpGet/host"}
}

test_denies_hook if {
	set := testing.changed("apps/Deployment", [{"op": "add", "path": "/spec/template/spec/containers/0/lifecycle/preStop", "value": {"httpGet": {"host": "169.254.169.254", "port": 80}}}])
	found := host_probe.violations with input as set
	testing.places(set, found) == {"Deployment: spec/template/spec/containers/0/lifecycle/preStop/httpGet/host"}
}

test_denies_init_container if {
	set := testing.changed("apps/Deployment", [testing.extra("initContainers"), {"op": "add", "path": "/spec/template/spec/initContainers/0/livenessProbe/httpGet/host", "value": "127.0.0.1"}])
	found := host_probe.violations with input as set
	testing.places(set, found) == {"Deployment: spec/template/spec/initContainers/0/livenessProbe/httpGet/host"}
}

test_allows_what_is_as_it_should_be if {
	set := testing.all
	found := host_probe.violations with input as set
	count(found) == 0
}

test_allows_empty_host if {
	set := testing.changed("apps/Deployment", [{"op": "add", "path": "/spec/template/spec/containers/0/livenessProbe/httpGet/host", "value": ""}])
	found := host_probe.violations with input as set
	count(found) == 0
}

test_applies_to_its_kinds_only if {
	found := host_probe.applies with input as testing.all
	testing.kinds(testing.all, found) == {"CronJob", "Deployment", "StatefulSet"}
}
