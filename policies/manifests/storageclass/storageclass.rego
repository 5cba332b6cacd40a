# METADATA
# title: Every claim names its storage class
# description: >-
#   storageClassName is set and not empty in every PersistentVolumeClaim, in every claim template of a
#   StatefulSet, and in the claim template of every ephemeral volume. An empty name, which asks for a volume
#   that somebody has made by hand, is refused too; so is the old annotation alone.
# custom:
#   id: storageclass
#   profile: production
#   severity: medium
#   scope: object
#   why: >-
#     Without a name the cluster's default decides, which differs between clusters and changes: what is fast
#     and replicated here is slow and gone there.
#   fix: >-
#     Set storageClassName in the claim.
#   reference: https://kubernetes.io/docs/concepts/storage/persistent-volumes/#class-1
package hallmark.manifests.storageclass

import data.hallmark.lib.objects
import data.hallmark.lib.workload

applies := {claim.id | some claim in _claims}

violations contains objects.violation(claim.id, array.concat(claim.path, ["spec", "storageClassName"]), "the claim names no storage class") if {
	some claim in _claims
	object.get(claim.said, ["spec", "storageClassName"], "") == ""
}

_claims contains {"id": entry.id, "path": [], "said": entry.object} if {
	some entry in objects.of["/PersistentVolumeClaim"]
}

_claims contains {"id": entry.id, "path": ["spec", "volumeClaimTemplates", index], "said": template} if {
	some entry in objects.of["apps/StatefulSet"]
	some index, template in entry.object.spec.volumeClaimTemplates
}

_claims contains {"id": pod.id, "path": array.concat(pod.path, ["volumes", index, "ephemeral", "volumeClaimTemplate"]), "said": template} if {
	some pod in workload.pods
	some index, volume in pod.spec.volumes
	template := object.get(volume.ephemeral, "volumeClaimTemplate", {})
}
