# METADATA
# title: An Ingress has a tls section
# description: >-
#   spec.tls of an Ingress is not empty. Which hosts it serves, and by which Secret, is not judged.
# custom:
#   id: ingress-tls
#   profile: production
#   severity: high
#   scope: object
#   why: >-
#     Without it the Ingress is served in the clear, passwords and cookies included.
#   fix: >-
#     Add spec.tls with the hosts and the Secret of their certificate.
#   reference: https://kubernetes.io/docs/concepts/services-networking/ingress/#tls
package hallmark.manifests.ingress_tls

import data.hallmark.lib.ingress
import data.hallmark.lib.objects

applies := ingress.ids

violations contains objects.violation(entry.id, ["spec"], "has no tls section") if {
	some entry in ingress.entries
	not _encrypted(entry)
}

_encrypted(entry) if count(entry.object.spec.tls) > 0
