# METADATA
# title: No image on the tag latest
# description: >-
#   The image of every container, init and ephemeral ones too, has a tag that is not latest, or a digest of
#   the form of its algorithm (sha256, sha384 or sha512). A digest of a wrong form is none, and no image at
#   all is refused.
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

import data.hallmark.lib.workload

applies := workload.ids

violations contains workload.finding(container, ["image"], sprintf("uses the image %q, which has neither a tag other than latest nor a digest", [object.get(container.spec, "image", "")])) if {
	some container in workload.containers
	not _versioned(container)
}

_versioned(container) if {
	regex.match(`^[^@]+:[^:/@]+$`, container.spec.image)
	not endswith(container.spec.image, ":latest")
}

_versioned(container) if regex.match(
	`^[^@\s]+@(sha256:[0-9a-f]{64}|sha384:[0-9a-f]{96}|sha512:[0-9a-f]{128})$`,
	container.spec.image,
)
