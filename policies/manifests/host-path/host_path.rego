# METADATA
# title: No hostPath volume
# description: >-
#   No hostPath volume.
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

violations contains workload.pod_finding(pod, ["volumes", index], sprintf("mounts the node's path %v in volume %s", [object.get(source, "path", "?"), volume.name])) if {
	some pod in workload.pods
	some index, volume in pod.spec.volumes
	source := volume.hostPath
}
