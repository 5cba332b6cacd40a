# METADATA
# title: No Service is a name for localhost
# description: >-
#   The externalName of a Service of type ExternalName is not localhost, a name in .localhost, another name
#   that hosts files give to loopback, an address of 127.0.0.0/8, 0.0.0.0 or ::1. Other names are not looked
#   up.
# custom:
#   id: service-externalname-localhost
#   profile: baseline
#   severity: high
#   scope: object
#   why: >-
#     A controller that serves the Service, such as one for Ingresses, then sends the requests to itself: to
#     its own status and admin pages.
#   fix: >-
#     Name the host that is meant, or use a Service with a selector.
#   reference: https://kubernetes.io/docs/concepts/services-networking/service/#externalname
package hallmark.manifests.service_externalname_localhost

import data.hallmark.lib.objects
import data.hallmark.lib.service

applies := {entry.id | some entry in _external}

violations contains objects.violation(entry.id, ["spec", "externalName"], "it is a name for localhost") if {
	some entry in _external
	regex.match(_loopback, entry.object.spec.externalName)
}

_external := [entry | some entry in service.entries; entry.object.spec.type == "ExternalName"]

# In whatever case, and with the dot that ends a whole name.
_loopback := `(?i)^((.*\.)?localhost|localhost[46]?\.localdomain[46]?|localhost[46]|ip6-(localhost|loopback)|127(\.[0-9]+){1,3}|0\.0\.0\.0|::1)\.?$`
