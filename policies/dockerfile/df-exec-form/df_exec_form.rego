# METADATA
# title: The image starts its program without a shell
# description: >-
#   The ENTRYPOINT and the CMD that count in the final image are in exec form, a JSON list.
# custom:
#   id: df-exec-form
#   profile: production
#   severity: medium
#   scope: object
#   why: >-
#     In shell form the program is the child of a shell that passes no signal on: it is killed instead of
#     ending in good order.
#   fix: >-
#     Write ENTRYPOINT ["program", "argument"]; where a shell is needed, let it end with exec.
#   reference: https://docs.docker.com/reference/dockerfile/#shell-and-exec-form
package hallmark.dockerfile.df_exec_form

import data.hallmark.lib.dockerfile

applies := dockerfile.ids_of(_starts)

violations contains dockerfile.finding(one, sprintf("%s is in shell form", [upper(one.spec.name)])) if {
	some one in _starts
	one.spec.form != "exec"
}

_starts := [dockerfile.last(id, name) | some id in dockerfile.ids; some name in ["entrypoint", "cmd"]]
