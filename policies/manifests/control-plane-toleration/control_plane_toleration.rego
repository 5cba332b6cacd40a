# METADATA
# title: No toleration of the control plane's taint
# description: >-
#   No toleration of the control plane's taint.
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

violations contains workload.pod_finding(pod, ["tolerations", index], sprintf("tolerates %s", [toleration.key])) if {
	some pod in workload.pods
	some index, toleration in pod.spec.tolerations
	toleration.key in {"node-role.kubernetes.io/master", "node-role.kubernetes.io/control-plane"}
}
