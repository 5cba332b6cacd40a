# METADATA
# title: A Service selects a pod
# description: >-
#   A Service selects a pod.
# custom:
#   id: service-selector-matches
#   profile: production
#   severity: high
#   scope: set
#   why: >-
#     A Service that selects nothing answers nothing, and nothing says so.
#   fix: >-
#     Make the Service's selector match the labels of a pod template.
#   reference: https://kubernetes.io/docs/concepts/services-networking/service/
package hallmark.manifests.service_selector_matches

import data.hallmark.lib.objects
import data.hallmark.lib.selectors
import data.hallmark.lib.workload

applies := {entry.id | some entry in objects.of["/Service"]; count(_selector(entry)) > 0}

violations contains objects.violation(entry.id, ["spec", "selector"], "the selector matches no pod of the set") if {
	some entry in objects.of["/Service"]
	count(_selector(entry)) > 0
	not _reaches(entry)
}

_selector(entry) := object.get(entry.object, ["spec", "selector"], {})

_reaches(entry) if {
	some pod in workload.pods
	pod.namespace == objects.namespace(entry)
	selectors.selects({"matchLabels": _selector(entry)}, pod.labels)
}
