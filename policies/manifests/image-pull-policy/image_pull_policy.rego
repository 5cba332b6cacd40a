# METADATA
# title: imagePullPolicy is Always
# description: >-
#   imagePullPolicy of every container, init and ephemeral ones too, and pullPolicy of every image volume is
#   Always, or left out where the API server fills in Always: with the tag latest, or with neither a tag nor a
#   digest. An opinion: with a digest it only costs a question to the registry.
# custom:
#   id: image-pull-policy
#   profile: all
#   severity: low
#   scope: object
#   why: >-
#     A node that has the image starts it for anybody, without asking the registry whether they may have it.
#   fix: >-
#     Set imagePullPolicy: Always.
#   reference: https://kubernetes.io/docs/concepts/containers/images/
package hallmark.manifests.image_pull_policy

import data.hallmark.lib.objects
import data.hallmark.lib.workload

applies := workload.ids

violations contains objects.violation(image.id, image.policy_path, sprintf("%s is not pulled Always", [image.part])) if {
	some image in workload.images
	not _is_pulled(image)
}

_is_pulled(image) if image.policy == "Always"

# What the API server fills in for an image without a tag, or with latest.
_is_pulled(image) if {
	image.policy == ""
	regex.match(`^([^@]+/)?[^:@/]+(:latest(@.+)?)?$`, image.reference)
}
