# METADATA
# title: What ADD fetches is checked by its sha256
# description: >-
#   Every ADD of a URL has --checksum; a git repository may name a whole commit instead. A source that is a
#   variable without a value leaves it open.
# custom:
#   id: df-add-remote
#   profile: restricted
#   severity: medium
#   scope: object
#   why: >-
#     What the server sends tomorrow may differ from what was reviewed today.
#   fix: >-
#     Add --checksum=sha256:..., or # and the commit to the URL of a repository.
#   reference: https://docs.docker.com/reference/dockerfile/#add---checksum
package hallmark.dockerfile.df_add_remote

import data.hallmark.lib.dockerfile

applies := dockerfile.ids_of(dockerfile.named({"add"}))

violations contains dockerfile.finding(one, sprintf("fetches %s without a checksum", [source])) if {
	some one in _unchecked
	some source in one.spec.sources
	regex.match(`^([a-z]+://|git@)`, source)
	not regex.match(`#[0-9a-f]{40}([0-9a-f]{24})?(:|$)|[?&]checksum=[0-9a-f]{40}`, source)
}

unknowns contains dockerfile.finding(one, sprintf("adds what depends on %s, which has no value here", [concat(", ", names)])) if {
	some one in _unchecked
	names := one.spec.unset
	regex.match(`^(?i:ADD)\s+(--\S+\s+)*["'\[\s]*\$`, one.spec.text)
}

_unchecked := [one |
	some one in dockerfile.named({"add"})
	object.get(one.spec, "checksum", "") == ""
]
