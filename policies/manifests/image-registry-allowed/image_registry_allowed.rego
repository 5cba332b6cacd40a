# METADATA
# title: Images come from the allowed registries
# description: >-
#   Images come from the allowed registries.
# custom:
#   id: image-registry-allowed
#   profile: production
#   severity: high
#   scope: set
#   why: >-
#     What anybody may upload, anybody may replace.
#   fix: >-
#     Push the image to a registry of the list in policies/parameters.yaml, or add the registry there.
#   reference: https://kubernetes.io/docs/concepts/containers/images/
package hallmark.manifests.image_registry_allowed

import data.hallmark.lib.workload
import data.parameters

applies := workload.ids

violations contains workload.finding(container, ["image"], sprintf("uses the image %q of a registry that is not allowed", [object.get(container.spec, "image", "")])) if {
	some container in workload.containers
	not _allowed(container)
}

_allowed(container) if {
	some prefix in parameters.image_registries
	startswith(container.spec.image, prefix)
}
