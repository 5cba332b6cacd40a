# METADATA
# title: A Service selects a pod
# description: >-
#   The selector of every Service selects the pods of something in the set, in the same namespace. Services
#   without a selector, and those of type ExternalName, select nothing and are not judged.
# custom:
#   id: service-selector-matches
#   profile: production
#   severity: high
#   scope: namespace
#   why: >-
#     A Service that selects nothing answers nothing, and nothing says so.
#   fix: >-
#     Make the Service's selector match the labels of a pod template.
#   reference: https://kubernetes.io/docs/concepts/services-networking/service/
package hallmark.manifests.service_selector_matches

import data.hallmark.lib.objects
import data.hallmark.lib.service

applies := {entry.id | some entry in service.selecting}

violations contains objects.violation(entry.id, ["spec", "selector"], "the selector matches no pod of the set") if {
	some entry in service.selecting
	count(service.pods(entry)) == 0
}
