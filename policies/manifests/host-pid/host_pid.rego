# METADATA
# title: hostPID is not true
# description: >-
#   hostPID is false or left out in every pod, and in the template of everything that makes pods.
# custom:
#   id: host-pid
#   profile: baseline
#   severity: high
#   scope: object
#   why: >-
#     A pod that sees the node's processes can read their environment and, as root, enter them.
#   fix: >-
#     Remove hostPID from the pod's spec.
#   reference: https://kubernetes.io/docs/concepts/security/pod-security-standards/
package hallmark.manifests.host_pid

import data.hallmark.lib.workload

applies := workload.ids

violations contains workload.pod_finding(pod, ["hostPID"], "sets hostPID") if {
	some pod in workload.pods
	object.get(pod.spec, "hostPID", false) != false
}
