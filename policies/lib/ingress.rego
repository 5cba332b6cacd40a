# METADATA
# title: Ingresses of every version
# description: >-
#   networking.k8s.io/v1 and the removed v1beta1 of it and of extensions. A backend was {serviceName, servicePort} in the
#   removed ones and is {service: {name, port}} now; the default one was spec.backend and is spec.defaultBackend.
package hallmark.lib.ingress

import data.hallmark.lib.objects

entries := [entry | some entry in objects.of["networking.k8s.io/Ingress"]]

ids := {entry.id | some entry in entries}

# The rules of every Ingress, with the host of each: the empty text when it names none.
rules := [{"id": entry.id, "path": ["spec", "rules", index], "host": object.get(rule, "host", "")} |
	some entry in entries
	some index, rule in entry.object.spec.rules
]

default_backends := [backend |
	some entry in entries
	some field in ["defaultBackend", "backend"]
	backend := _backend(entry, ["spec", field], entry.object.spec[field])
]

path_backends := [backend |
	some entry in entries
	some rule_index, rule in entry.object.spec.rules
	some path_index, path in rule.http.paths
	way := ["spec", "rules", rule_index, "http", "paths", path_index, "backend"]
	backend := _backend(entry, way, object.get(path, "backend", {}))
]

_backend(entry, path, said) := {"id": entry.id, "namespace": objects.namespace(entry), "path": path, "said": said}

# The Services that a backend names, each with a port by number or by name. One that is served has one, one that the API
# server would refuse none or several.
services(backend) := {service |
	some port in backend.said.service.port
	service := {"name": backend.said.service.name, "port": port}
} | {service |
	service := {"name": backend.said.serviceName, "port": backend.said.servicePort}
}
