# METADATA
# title: No image on the tag latest
# description: >-
#   Every image behind FROM, COPY --from and RUN --mount from has a tag other than latest, or a digest.
#   Arguments count with their defaults.
# custom:
#   id: df-image-tag
#   profile: restricted
#   severity: medium
#   scope: object
#   why: >-
#     latest, which no tag means too, is whatever was pushed last: nobody can say what the image was built on.
#   fix: >-
#     Name a version, better a digest.
#   reference: https://docs.docker.com/build/building/best-practices/#pin-base-image-versions
package hallmark.dockerfile.df_image_tag

import data.hallmark.lib.dockerfile

applies := dockerfile.ids_of(dockerfile.images)

violations contains dockerfile.finding(one, sprintf("builds on %q, which is the tag latest", [one.source.image])) if {
	some one in _floating
	not dockerfile.is_open(one.source)
}

unknowns contains dockerfile.finding(one, sprintf("builds on %q, and %s has no value here", [one.source.text, concat(", ", names)])) if {
	some one in _floating
	names := one.source.unset
}

_floating := [one | some one in dockerfile.images; not _is_fixed(one.source.image)]

# A tag or a digest; a colon before the last slash belongs to the port of the registry.
_is_fixed(image) if {
	segments := split(image, "/")
	tag := split(segments[count(segments) - 1], ":")[1]
	not tag in {"", "latest"}
}
