# METADATA
# title: hostNetwork is not true
# description: >-
#   hostNetwork is false or left out in every pod, and in the template of everything that makes pods.
# custom:
#   id: host-network
#   profile: baseline
#   severity: high
#   scope: object
#   why: >-
#     On the node's network a pod passes every NetworkPolicy and reaches services bound to loopback.
#   fix: >-
#     Remove hostNetwork from the pod's spec.
#   reference: https://kubernetes.io/docs/concepts/security/pod-security-standards/
package hallmark.manifests.host_network

import data.hallmark.lib.workload

applies := workload.ids

violations contains workload.pod_finding(pod, ["hostNetwork"], "sets hostNetwork") if {
	some pod in workload.pods
	object.get(pod.spec, "hostNetwork", false) != false
}
