# METADATA
# title: No Service of type NodePort
# description: >-
#   No Service has the type NodePort. The ports that a LoadBalancer opens on the nodes are not judged.
# custom:
#   id: service-type-nodeport
#   profile: production
#   severity: medium
#   scope: object
#   why: >-
#     It opens a port on every node, past the edge and its rules.
#   fix: >-
#     Use ClusterIP and let the edge reach it.
#   reference: https://kubernetes.io/docs/concepts/services-networking/service/
package hallmark.manifests.service_type_nodeport

import data.hallmark.lib.objects

applies := {entry.id | some entry in objects.of["/Service"]}

violations contains objects.violation(entry.id, ["spec", "type"], "the type is NodePort") if {
	some entry in objects.of["/Service"]
	entry.object.spec.type == "NodePort"
}
