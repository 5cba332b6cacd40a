# METADATA
# title: A workload selects its own pods
# description: >-
#   A workload selects its own pods.
# custom:
#   id: deployment-selector-matches
#   profile: baseline
#   severity: high
#   scope: object
#   why: >-
#     The API server refuses a selector that doesn't match its template: the release stops half-way.
#   fix: >-
#     Make spec.selector match the template's labels.
#   reference: https://kubernetes.io/docs/concepts/workloads/controllers/deployment/
package hallmark.manifests.deployment_selector_matches

import data.hallmark.lib.objects
import data.hallmark.lib.selectors

applies := {entry.id | some type in _types; some entry in objects.of[type]}

violations contains objects.violation(entry.id, ["spec", "selector"], "the selector doesn't match its own pod template") if {
	some type in _types
	some entry in objects.of[type]
	not _selects_itself(entry.object)
}

_types := {"apps/Deployment", "apps/StatefulSet", "apps/DaemonSet", "apps/ReplicaSet"}

_selects_itself(object) if selectors.selects(object.spec.selector, object.spec.template.metadata.labels)
