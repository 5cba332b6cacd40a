# METADATA
# title: No host of an Ingress has a wildcard
# description: >-
#   No host of an Ingress's rules contains *. A wildcard among the hosts of spec.tls is a certificate's, takes
#   no requests and is allowed.
# custom:
#   id: ingress-wildcard-host
#   profile: production
#   severity: medium
#   scope: object
#   why: >-
#     A wildcard takes the requests for names that nobody has given out yet, or that are somebody else's.
#   fix: >-
#     Name each host in a rule of its own.
#   reference: https://kubernetes.io/docs/concepts/services-networking/ingress/#hostname-wildcards
package hallmark.manifests.ingress_wildcard_host

import data.hallmark.lib.ingress
import data.hallmark.lib.objects

applies := ingress.ids

violations contains objects.violation(rule.id, rule.path, sprintf("the host %s is a wildcard", [rule.host])) if {
	some rule in ingress.rules
	contains(rule.host, "*")
}
