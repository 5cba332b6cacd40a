# METADATA
# title: imagePullPolicy is Always
# description: >-
#   imagePullPolicy is Always.
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

import data.hallmark.lib.workload

applies := workload.ids

violations contains workload.finding(container, ["imagePullPolicy"], "is not pulled Always") if {
	some container in workload.containers
	not _is_pulled(container)
}

_is_pulled(container) if container.spec.imagePullPolicy == "Always"

# What the API server fills in for an image without a tag, or with latest.
_is_pulled(container) if {
	not "imagePullPolicy" in object.keys(container.spec)
	regex.match(`^([^@]+/)?[^:@/]+(:latest(@.+)?)?$`, container.spec.image)
}
