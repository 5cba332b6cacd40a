# METADATA
# title: Volumes are of the harmless kinds
# description: >-
#   Volumes are configMap, csi, downwardAPI, emptyDir, ephemeral, persistentVolumeClaim, projected or secret.
#   A volume without any source is an empty directory to Kubernetes and passes.
# custom:
#   id: volume-types
#   profile: restricted
#   severity: medium
#   scope: object
#   why: >-
#     Any other kind of volume ties the pod to a node, or to a driver with rights on it.
#   fix: >-
#     Use a PersistentVolumeClaim for storage.
#   reference: https://kubernetes.io/docs/concepts/security/pod-security-standards/
package hallmark.manifests.volume_types

import data.hallmark.lib.workload

applies := workload.ids

violations contains workload.pod_finding(pod, ["volumes", index], sprintf("has the volume %v of a kind that is not allowed", [object.get(volume, "name", "?")])) if {
	some pod in workload.pods
	some index, volume in pod.spec.volumes
	not _harmless(volume)
}

_harmless(volume) if count((object.keys(volume) - {"name"}) - _allowed) == 0

_allowed := {
	"configMap", "csi", "downwardAPI", "emptyDir",
	"ephemeral", "persistentVolumeClaim", "projected", "secret",
}
