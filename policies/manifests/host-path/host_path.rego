# METADATA
# title: No hostPath volume
# description: >-
#   No volume of a pod is a hostPath, be it mounted or not, read-only or not.
# custom:
#   id: host-path
#   profile: baseline
#   severity: high
#   scope: object
#   why: >-
#     A pod that mounts the node's files reads other pods' secrets, and a writable mount takes over the node.
#   fix: >-
#     Use an emptyDir, a ConfigMap, a Secret or a PersistentVolumeClaim.
#   reference: https://kubernetes.io/docs/concepts/security/pod-security-standards/
package hallmark.manifests.host_path

import data.hallmark.lib.workload

applies := workload.ids

violations contains workload.pod_finding(pod, ["volumes", index], sprintf("has files of the node in volume %v", [object.get(volume, "name", "?")])) if {
	some pod in workload.pods
	some index, volume in pod.spec.volumes
	"hostPath" in object.keys(volume)
}
