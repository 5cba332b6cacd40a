# METADATA
# title: No toleration of the control plane's taint
# description: >-
#   No toleration of a pod is for node-role.kubernetes.io/control-plane or node-role.kubernetes.io/master, nor
#   for every taint: one with operator Exists and without a key, unless its effect is another than the
#   NoSchedule of those taints.
# custom:
#   id: control-plane-toleration
#   profile: production
#   severity: medium
#   scope: object
#   why: >-
#     A workload beside the API server can starve it, or reach its files.
#   fix: >-
#     Remove the toleration.
#   reference: https://kubernetes.io/docs/concepts/scheduling-eviction/taint-and-toleration/
package hallmark.manifests.control_plane_toleration

import data.hallmark.lib.workload

applies := workload.ids

violations contains workload.pod_finding(pod, ["tolerations", index], "tolerates the taint of the control plane") if {
	some pod in workload.pods
	some index, toleration in pod.spec.tolerations
	_reaches(toleration)
}

_reaches(toleration) if toleration.key in {"node-role.kubernetes.io/control-plane", "node-role.kubernetes.io/master"}

_reaches(toleration) if {
	toleration.operator == "Exists"
	object.get(toleration, "key", "") == ""
	object.get(toleration, "effect", "") in {"", "NoSchedule"}
}
