# METADATA
# title: priorityClassName is set
# description: >-
#   priorityClassName is set. In the profile `all` only: a PriorityClass belongs to the whole cluster, and a
#   single service has nothing to rank itself against.
# custom:
#   id: priority-class
#   profile: all
#   severity: low
#   scope: object
#   why: >-
#     When a node is full, pods without a class are the first to go.
#   fix: >-
#     Make a PriorityClass and name it.
#   reference: https://kubernetes.io/docs/concepts/scheduling-eviction/pod-priority-preemption/
package hallmark.manifests.priority_class

import data.hallmark.lib.workload

applies := workload.ids

violations contains workload.pod_finding(pod, ["priorityClassName"], "names no priority class") if {
	some pod in workload.pods
	object.get(pod.spec, "priorityClassName", "") == ""
}
