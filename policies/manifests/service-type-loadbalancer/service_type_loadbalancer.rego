# METADATA
# title: No Service of type LoadBalancer
# description: >-
#   No Service has the type LoadBalancer, internal ones neither. An opinion: where every service has a load
#   balancer of its own, this is how traffic gets in.
# custom:
#   id: service-type-loadbalancer
#   profile: all
#   severity: low
#   scope: object
#   why: >-
#     Each one is another address to the Internet, another bill, and a way in past the edge and its rules.
#   fix: >-
#     Use ClusterIP and let the edge, an Ingress or a Gateway, reach it.
#   reference: https://kubernetes.io/docs/concepts/services-networking/service/#loadbalancer
package hallmark.manifests.service_type_loadbalancer

import data.hallmark.lib.objects
import data.hallmark.lib.service

applies := service.ids

violations contains objects.violation(entry.id, ["spec", "type"], "the type is LoadBalancer") if {
	some entry in service.entries
	entry.object.spec.type == "LoadBalancer"
}
