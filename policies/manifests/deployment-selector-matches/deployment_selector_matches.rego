# METADATA
# title: A workload selects its own pods
# description: >-
#   spec.selector of every Deployment, StatefulSet, DaemonSet and ReplicaSet says something and selects the
#   labels of its own pod template. A ReplicationController and a Job may leave it out, and are judged where
#   they don't.
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

applies := {one.entry.id | some one in _selecting}

violations contains objects.violation(one.entry.id, ["spec", "selector"], "the selector doesn't match its own pod template") if {
	some one in _selecting
	not _selects_itself(one)
}

_selecting contains {"entry": entry, "selector": object.get(entry.object, ["spec", "selector"], {})} if {
	some type in ["apps/Deployment", "apps/StatefulSet", "apps/DaemonSet", "apps/ReplicaSet"]
	some entry in objects.of[type]
}

_selecting contains {"entry": entry, "selector": entry.object.spec.selector} if {
	some entry in objects.of["batch/Job"]
}

# Its selector is of the old kind, with nothing but labels in it.
_selecting contains {"entry": entry, "selector": {"matchLabels": entry.object.spec.selector}} if {
	some entry in objects.of["/ReplicationController"]
}

_selects_itself(one) if {
	some demands in one.selector
	count(demands) > 0
	selectors.selects(one.selector, one.entry.object.spec.template.metadata.labels)
}
