# METADATA
# title: A NetworkPolicy selects a pod
# description: >-
#   podSelector of every NetworkPolicy selects a pod of the set in its namespace. An opinion: a set may hold
#   policies for pods that others bring, as the kit's own does for its clients.
# custom:
#   id: dangling-networkpolicy
#   profile: all
#   severity: low
#   scope: namespace
#   why: >-
#     A policy that selects nothing protects nothing; mostly its labels are misspelt.
#   fix: >-
#     Make podSelector match the labels of a pod template.
#   reference: https://kubernetes.io/docs/concepts/services-networking/network-policies/
package hallmark.manifests.dangling_networkpolicy

import data.hallmark.lib.networkpolicy
import data.hallmark.lib.objects
import data.hallmark.lib.workload

applies := networkpolicy.ids

violations contains objects.violation(entry.id, ["spec", "podSelector"], "the selector matches no pod of the set") if {
	some entry in networkpolicy.entries
	count(workload.selected(objects.namespace(entry), networkpolicy.selector(entry))) == 0
}
