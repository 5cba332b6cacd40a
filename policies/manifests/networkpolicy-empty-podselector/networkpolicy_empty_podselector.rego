# METADATA
# title: A NetworkPolicy selects by a label
# description: >-
#   podSelector of every NetworkPolicy has a label or an expression; one that isn't there is empty too. An
#   opinion: a policy that denies by default is meant for every pod.
# custom:
#   id: networkpolicy-empty-podselector
#   profile: all
#   severity: low
#   scope: object
#   why: >-
#     An empty selector selects every pod of the namespace, those too that come later: what it allows is
#     allowed to all.
#   fix: >-
#     Select the pods by a label, unless all are meant.
#   reference: https://kubernetes.io/docs/concepts/services-networking/network-policies/
package hallmark.manifests.networkpolicy_empty_podselector

import data.hallmark.lib.networkpolicy
import data.hallmark.lib.objects

applies := networkpolicy.ids

violations contains objects.violation(entry.id, ["spec", "podSelector"], "selects every pod of the namespace") if {
	some entry in networkpolicy.entries
	not _chooses(networkpolicy.selector(entry))
}

_chooses(selector) if {
	some demands in selector
	count(demands) > 0
}
