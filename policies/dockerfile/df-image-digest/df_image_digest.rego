# METADATA
# title: Every image that is built on is pinned by digest
# description: >-
#   Every image behind FROM, COPY --from and RUN --mount from is pinned by @sha256:; stages and scratch need
#   no pin. Arguments count with their defaults; one without a default leaves it open, since nothing is known
#   of the image that the build is given.
# custom:
#   id: df-image-digest
#   profile: production
#   severity: high
#   scope: object
#   why: >-
#     A tag can be moved: the same Dockerfile builds another image tomorrow, and nobody sees a change.
#   fix: >-
#     Name the image with @sha256: and its digest, in FROM or in the default of the ARG.
#   reference: https://docs.docker.com/build/building/best-practices/#pin-base-image-versions
package hallmark.dockerfile.df_image_digest

import data.hallmark.lib.dockerfile

applies := dockerfile.ids_of(dockerfile.images)

violations contains dockerfile.finding(one, sprintf("builds on %q, which is not pinned by @sha256:", [one.source.image])) if {
	some one in _floating
	not dockerfile.is_open(one.source)
}

unknowns contains dockerfile.finding(one, sprintf("builds on %q, and %s has no value here", [one.source.text, concat(", ", names)])) if {
	some one in _floating
	names := one.source.unset
}

_floating := [one | some one in dockerfile.images; not dockerfile.is_pinned(one.source.image)]
