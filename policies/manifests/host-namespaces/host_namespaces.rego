# METADATA
# title: No namespace of the node is shared
# description: >-
#   hostNetwork, hostPID and hostIPC are each false or left out, in every pod and in the template of
#   everything that makes pods. Each is also a rule of its own.
# custom:
#   id: host-namespaces
#   profile: baseline
#   severity: high
#   scope: object
#   why: >-
#     Each of the three takes down a wall between the pod and its node.
#   fix: >-
#     Remove hostNetwork, hostPID and hostIPC from the pod's spec.
#   reference: https://kubernetes.io/docs/concepts/security/pod-security-standards/
package hallmark.manifests.host_namespaces

import data.hallmark.lib.workload

applies := workload.ids

violations contains workload.pod_finding(pod, [field], sprintf("sets %s", [field])) if {
	some pod in workload.pods
	some field in ["hostNetwork", "hostPID", "hostIPC"]
	object.get(pod.spec, field, false) != false
}
