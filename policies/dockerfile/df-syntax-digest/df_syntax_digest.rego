# METADATA
# title: The frontend that reads the file is pinned by digest
# description: >-
#   A # syntax= directive names its image with @sha256:.
# custom:
#   id: df-syntax-digest
#   profile: production
#   severity: medium
#   scope: object
#   why: >-
#     BuildKit fetches that image and lets it decide what the Dockerfile means; a tag can be moved.
#   fix: >-
#     Name it with @sha256: and its digest, or leave the directive away: BuildKit brings a frontend of its
#     own.
#   reference: https://docs.docker.com/build/buildkit/frontend/
package hallmark.dockerfile.df_syntax_digest

import data.hallmark.lib.dockerfile
import data.hallmark.lib.objects

applies := {entry.id | some entry in _asking}

violations contains objects.violation(entry.id, ["syntax"], sprintf("is read by %q, which is not pinned by @sha256:", [entry.object.syntax.image])) if {
	some entry in _asking
	not dockerfile.is_pinned(entry.object.syntax.image)
}

_asking := [entry | some entry in input.objects; "syntax" in object.keys(entry.object)]
