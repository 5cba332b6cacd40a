# METADATA
# title: Every image is pinned by digest
# description: >-
#   The image of every container, init and ephemeral ones too, and of every image volume ends in @sha256: and
#   64 hexadecimal digits in lower case. A digest of another form or algorithm is refused, and so is no image
#   at all.
# custom:
#   id: image-digest
#   profile: production
#   severity: high
#   scope: object
#   why: >-
#     A tag can be moved: what was tested and what runs may differ without a trace.
#   fix: >-
#     Name the image with @sha256: and its digest.
#   reference: https://kubernetes.io/docs/concepts/containers/images/
package hallmark.manifests.image_digest

import data.hallmark.lib.objects
import data.hallmark.lib.workload

applies := workload.ids

violations contains objects.violation(image.id, image.reference_path, sprintf("%s uses the image %q, which is not pinned by @sha256:", [image.part, image.reference])) if {
	some image in workload.images
	not _pinned(image.reference)
}

_pinned(image) if regex.match(`^[^@\s]+@sha256:[0-9a-f]{64}$`, image)
