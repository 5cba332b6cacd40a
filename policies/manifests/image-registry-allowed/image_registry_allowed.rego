# METADATA
# title: Images come from the allowed registries
# description: >-
#   The image of every container, init and ephemeral ones too, and of every image volume begins with one of
#   image_registries in policies/parameters.yaml, as it is written there: an image without a registry is not
#   taken for one of Docker Hub. An entry without a slash is a registry and must be followed by one.
# custom:
#   id: image-registry-allowed
#   profile: production
#   severity: high
#   scope: object
#   why: >-
#     What anybody may upload, anybody may replace.
#   fix: >-
#     Push the image to a registry of the list in policies/parameters.yaml, or add the registry there.
#   reference: https://kubernetes.io/docs/concepts/containers/images/
package hallmark.manifests.image_registry_allowed

import data.hallmark.lib.objects
import data.hallmark.lib.workload
import data.parameters

applies := workload.ids

violations contains objects.violation(image.id, image.reference_path, sprintf("%s uses the image %q of a registry that is not allowed", [image.part, image.reference])) if {
	some image in workload.images
	not _allowed(image.reference)
}

_allowed(image) if {
	some prefix in _prefixes
	startswith(image, prefix)
}

_prefixes contains prefix if {
	some prefix in parameters.image_registries
	contains(prefix, "/")
}

# A registry alone: example.org must not let example.org.attacker.net in.
_prefixes contains concat("", [registry, "/"]) if some registry in parameters.image_registries
