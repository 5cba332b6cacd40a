# METADATA
# title: imagePullPolicy is Always
# description: >-
#   imagePullPolicy of every container, init and ephemeral ones too, is Always, or left out where the API
#   server fills in Always: with the tag latest, or with neither a tag nor a digest. An opinion: with a digest
#   it only costs a question to the registry.
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
