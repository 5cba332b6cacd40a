# METADATA
# title: COPY and not ADD for files of the context
# description: >-
#   ADD takes only what COPY cannot: archives that it unpacks, and remote files.
# custom:
#   id: df-add-local
#   profile: all
#   severity: low
#   scope: object
#   why: >-
#     ADD unpacks what looks like an archive; with COPY a file stays what it is, whatever its name.
#   fix: >-
#     Write COPY.
#   reference: https://docs.docker.com/build/building/best-practices/#add-or-copy
package hallmark.dockerfile.df_add_local

import data.hallmark.lib.dockerfile

applies := dockerfile.ids_of(dockerfile.named({"add"}))

violations contains dockerfile.finding(one, sprintf("adds %s, which COPY copies", [source])) if {
	some one in dockerfile.named({"add"})
	some source in object.get(one.spec, "sources", [])
	not regex.match(`^([a-z]+://|git@)|\.(tar|tgz|tbz2?|txz|tzst|tar\.[a-z0-9]+)$`, source)
}
