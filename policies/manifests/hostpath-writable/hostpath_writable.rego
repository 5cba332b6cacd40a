# METADATA
# title: Every mount of a hostPath volume is read-only
# description: >-
#   Every mount of a hostPath volume, in whatever container, sets readOnly: true. A hostPath that nothing
#   mounts passes.
# custom:
#   id: hostpath-writable
#   profile: baseline
#   severity: high
#   scope: object
#   why: >-
#     A writable mount of the node's files is a way to run code on the node.
#   fix: >-
#     Set readOnly: true on the volumeMount, or better use no hostPath.
#   reference: https://kubernetes.io/docs/concepts/security/pod-security-standards/
package hallmark.manifests.hostpath_writable

import data.hallmark.lib.workload

applies := workload.ids

violations contains workload.finding(container, ["volumeMounts", index], sprintf("can write to the node's files in volume %s", [mount.name])) if {
	some container in workload.containers
	some index, mount in container.spec.volumeMounts
	some volume in container.pod.spec.volumes
	volume.name == mount.name
	"hostPath" in object.keys(volume)
	not mount.readOnly == true
}
