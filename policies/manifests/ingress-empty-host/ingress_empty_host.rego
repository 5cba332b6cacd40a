# METADATA
# title: Every rule of an Ingress names a host
# description: >-
#   Every rule of an Ingress has a host that is not empty.
# custom:
#   id: ingress-empty-host
#   profile: production
#   severity: medium
#   scope: object
#   why: >-
#     A rule without a host answers for every name that leads to the controller, those of other teams too.
#   fix: >-
#     Name the host in the rule.
#   reference: https://kubernetes.io/docs/concepts/services-networking/ingress/#ingress-rules
package hallmark.manifests.ingress_empty_host

import data.hallmark.lib.ingress
import data.hallmark.lib.objects

applies := ingress.ids

violations contains objects.violation(rule.id, rule.path, "the rule names no host") if {
	some rule in ingress.rules
	rule.host == ""
}
