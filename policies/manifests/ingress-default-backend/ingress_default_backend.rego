# METADATA
# title: An Ingress has no default backend
# description: >-
#   An Ingress has no spec.defaultBackend (spec.backend in removed versions), be it a Service or a resource.
# custom:
#   id: ingress-default-backend
#   profile: production
#   severity: medium
#   scope: object
#   why: >-
#     A default backend answers every request that no rule wants, for whatever host.
#   fix: >-
#     Give the backend a rule with a host and a path.
#   reference: https://kubernetes.io/docs/concepts/services-networking/ingress/#default-backend
package hallmark.manifests.ingress_default_backend

import data.hallmark.lib.ingress
import data.hallmark.lib.objects

applies := ingress.ids

violations contains objects.violation(backend.id, backend.path, "has a default backend") if {
	some backend in ingress.default_backends
}
