# METADATA
# title: Every backend of an Ingress is there
# description: >-
#   Every Service that an Ingress names, in a path or as the default backend, is in the set, in the same
#   namespace, with the port of that number or name. Backends that are resources are not judged.
# custom:
#   id: dangling-ingress
#   profile: production
#   severity: high
#   scope: namespace
#   why: >-
#     A backend that isn't there is answered with 503, and nothing says so before.
#   fix: >-
#     Name a Service of the namespace and one of its ports (not a targetPort).
#   reference: https://kubernetes.io/docs/concepts/services-networking/ingress/
package hallmark.manifests.dangling_ingress

import data.hallmark.lib.ingress
import data.hallmark.lib.objects
import data.hallmark.lib.service

applies := {backend.id | some backend in _backends}

violations contains objects.violation(backend.id, backend.path, "the backend is no Service and port of the set") if {
	some backend in _backends
	not _exists(backend)
}

_backends := [backend |
	some backend in array.concat(ingress.default_backends, ingress.path_backends)
	not "resource" in object.keys(backend.said)
]

_exists(backend) if {
	named := ingress.services(backend)
	count(named) > 0
	every one in named {
		[backend.namespace, one.name, one.port] in _ports
	}
}

# The ports of every Service, by number and by name.
_ports := {[objects.namespace(entry), objects.name(entry), port[field]] |
	some entry in service.entries
	some port in entry.object.spec.ports
	some field in ["port", "name"]
}
