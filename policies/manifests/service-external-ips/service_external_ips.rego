# METADATA
# title: No Service has externalIPs
# description: >-
#   externalIPs of every Service is empty or left out.
# custom:
#   id: service-external-ips
#   profile: baseline
#   severity: high
#   scope: object
#   why: >-
#     Whoever may make Services can draw traffic for any address to their own pods.
#   fix: >-
#     Remove externalIPs.
#   reference: https://kubernetes.io/docs/concepts/services-networking/service/
package hallmark.manifests.service_external_ips

import data.hallmark.lib.objects

applies := {entry.id | some entry in objects.of["/Service"]}

violations contains objects.violation(entry.id, ["spec", "externalIPs"], "it claims external addresses") if {
	some entry in objects.of["/Service"]
	count(object.get(entry.object, ["spec", "externalIPs"], [])) > 0
}
