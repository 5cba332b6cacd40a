# METADATA
# title: hostIPC is not true
# description: >-
#   hostIPC is false or left out in every pod, and in the template of everything that makes pods.
# custom:
#   id: host-ipc
#   profile: baseline
#   severity: high
#   scope: object
#   why: >-
#     Shared memory of the node's processes becomes readable.
#   fix: >-
#     Remove hostIPC from the pod's spec.
#   reference: https://kubernetes.io/docs/concepts/security/pod-security-standards/
package hallmark.manifests.host_ipc

import data.hallmark.lib.workload

applies := workload.ids

violations contains workload.pod_finding(pod, ["hostIPC"], "sets hostIPC") if {
	some pod in workload.pods
	object.get(pod.spec, "hostIPC", false) != false
}
