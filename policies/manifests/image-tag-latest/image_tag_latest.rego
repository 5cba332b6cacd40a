# METADATA
# title: No image on the tag latest
# description: >-
#   No image on the tag latest.
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

violations contains workload.finding(container, ["image"], sprintf("uses the image %q, whose tag is latest or left out", [object.get(container.spec, "image", "")])) if {
	some container in workload.containers
	not _versioned(container)
}

_versioned(container) if {
	regex.match(`^[^@]+:[^:/@]+$`, container.spec.image)
	not endswith(container.spec.image, ":latest")
}

_versioned(container) if contains(container.spec.image, "@sha256:")
