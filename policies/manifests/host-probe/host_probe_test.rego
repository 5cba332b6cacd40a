package hallmark.manifests.host_probe_test

import data.hallmark.manifests.host_probe
import data.hallmark.testing

_places(set) := testing.places(set, found) if {
	found := host_probe.violations with input as set
}

_handlers := ["livenessProbe", "readinessProbe", "startupProbe", "lifecycle/postStart", "lifecycle/preStop"]

_with(field, handler, action, host) := testing.container(field, array.concat(
	[{"op": "add", "path": "/lifecycle", "value": {}}],
	[{"op": "add", "path": sprintf("/%s", [handler]), "value": {action: {"port": 80, "host": host}}}],
))

test_denies_every_handler_of_every_kind_of_container if {
	every field in testing.containers {
		every handler in _handlers {
			every action in ["httpGet", "tcpSocket"] {
				_places(_with(field, handler, action, "example.org")) == testing.in_pod([sprintf("%s/0/%s/%s/host", [field, handler, action])])
			}
		}
	}
}

test_denies_every_host if {
	every host in ["127.0.0.1", "localhost", "::1", "169.254.169.254"] {
		_places(_with("containers", "livenessProbe", "httpGet", host)) == testing.in_pod(["containers/0/livenessProbe/httpGet/host"])
	}
}

test_denies_all_of_several if {
	asking := [{"op": "add", "path": sprintf("/%s/httpGet/host", [probe]), "value": "a"} | some probe in ["livenessProbe", "readinessProbe"]]
	_places(testing.container("containers", asking)) == testing.in_pod([
		"containers/0/livenessProbe/httpGet/host",
		"containers/0/readinessProbe/httpGet/host",
	])
}

test_allows_empty_host if {
	every handler in _handlers {
		_places(_with("containers", handler, "tcpSocket", "")) == set()
	}
}

# A header is for the one who answers; it leads the request nowhere else.
test_allows_host_in_a_header if {
	header := {"op": "add", "path": "/livenessProbe/httpGet/httpHeaders", "value": [{"name": "Host", "value": "example.org"}]}
	_places(testing.container("containers", [header])) == set()
}

test_allows_what_is_as_it_should_be if {
	_places(testing.all) == set()
}

test_applies_to_its_kinds_only if {
	found := host_probe.applies with input as testing.all
	found == testing.ids(testing.all, testing.workloads)
}
