# METADATA
# title: No Helm Tiller
# description: >-
#   No container, init and ephemeral ones too, and no image volume uses an image whose repository is called
#   tiller, in whatever registry.
# custom:
#   id: tiller
#   profile: baseline
#   severity: critical
#   scope: object
#   why: >-
#     Tiller gives whoever reaches it the rights of a cluster administrator.
#   fix: >-
#     Use Helm 3 or later, which needs no server.
#   reference: https://kubernetes.io/docs/concepts/containers/images/
package hallmark.manifests.tiller

import data.hallmark.lib.objects
import data.hallmark.lib.workload

applies := workload.ids

violations contains objects.violation(image.id, image.reference_path, sprintf("%s uses the image %s of Helm Tiller", [image.part, image.reference])) if {
	some image in workload.images
	regex.match(`(^|/)tiller([:@]|$)`, image.reference)
}
