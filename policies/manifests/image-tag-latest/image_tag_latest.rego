# METADATA
# title: No image on the tag latest
# description: >-
#   The image of every container, init and ephemeral ones too, and of every image volume has a tag that is not
#   latest, or a digest of the form of its algorithm (sha256, sha384 or sha512). A digest of a wrong form is
#   none, and no image at all is refused.
# custom:
#   id: image-tag-latest
#   profile: restricted
#   severity: medium
#   scope: object
#   why: >-
#     latest is another image tomorrow, and nobody can say which one runs.
#   fix: >-
#     Name a version, or better a digest.
#   reference: https://kubernetes.io/docs/concepts/containers/images/
package hallmark.manifests.image_tag_latest

import data.hallmark.lib.objects
import data.hallmark.lib.workload

applies := workload.ids

violations contains objects.violation(image.id, image.reference_path, sprintf("%s uses the image %q, which has neither a tag other than latest nor a digest", [image.part, image.reference])) if {
	some image in workload.images
	not _versioned(image.reference)
}

_versioned(image) if {
	regex.match(`^[^@]+:[^:/@]+$`, image)
	not endswith(image, ":latest")
}

_versioned(image) if regex.match(
	`^[^@\s]+@(sha256:[0-9a-f]{64}|sha384:[0-9a-f]{96}|sha512:[0-9a-f]{128})$`,
	image,
)
