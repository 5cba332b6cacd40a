# METADATA
# title: Nothing that is fetched is run unseen
# description: >-
#   No script runs the output of curl, wget or the like as a program: not by a pipe into a shell or an
#   interpreter, not by sh -c, eval or source, however deep.
# custom:
#   id: df-fetch-pipe
#   profile: baseline
#   severity: critical
#   scope: object
#   why: >-
#     Who controls the server, or the way to it, runs commands in the build, and others tomorrow than today.
#   fix: >-
#     Fetch to a file, compare it with a known sha256, then run it; or take it from a package or an image by
#     digest.
#   reference: https://docs.docker.com/build/building/best-practices/
package hallmark.dockerfile.df_fetch_pipe

import data.hallmark.lib.dockerfile

applies := dockerfile.ids_of(dockerfile.commands)

violations contains dockerfile.finding(one, sprintf("runs what %s fetches", [fetcher.program])) if {
	some one in dockerfile.commands
	some fetcher in dockerfile.beside(one)
	fetcher.number in object.get(one.command, "executes", [])
	fetcher.program in {"curl", "wget", "fetch", "aria2c", "http", "https", "lwp-request"}
}
