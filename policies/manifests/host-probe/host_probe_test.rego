package hallmark.manifests.host_probe_test

import data.hallmark.manifests.host_probe
import data.hallmark.testing

test_denies_every_probe_and_hook_of_every_container if {
	every field in ["containers", "initContainers", "ephemeralContainers"] {
		every way in ["livenessProbe", "readinessProbe", "startupProbe", "lifecycle/postStart", "lifecycle/preStop"] {
			every action in ["httpGet", "tcpSocket"] {
				handler := sprintf("/spec/template/spec/%s/0/%s", [field, way])
				set := testing.changed("apps/Deployment", array.concat(_extra[field], [
					{"op": "add", "path": sprintf("/spec/template/spec/%s/0/lifecycle", [field]), "value": {}},
					{"op": "add", "path": handler, "value": {action: {"host": "169.254.169.254", "port": 80}}},
				]))
				found := host_probe.violations with input as set
				testing.places(set, found) == {sprintf("Deployment: %s/%s/host", [trim_left(handler, "/"), action])}
			}
		}
	}
}

_extra := {
	"containers": [],
	"initContainers": [testing.extra("initContainers")],
	"ephemeralContainers": [testing.extra("ephemeralContainers")],
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
