# METADATA
# title: WORKDIR is an absolute path
# description: >-
#   Every WORKDIR begins with / (or with a drive). One that begins with a variable without a value leaves it
#   open.
# custom:
#   id: df-workdir
#   profile: production
#   severity: low
#   scope: object
#   why: >-
#     A relative path depends on whatever the stages before have set, and moves with them in silence.
#   fix: >-
#     Write the whole path.
#   reference: https://docs.docker.com/reference/dockerfile/#workdir
package hallmark.dockerfile.df_workdir

import data.hallmark.lib.dockerfile

applies := dockerfile.ids_of(_folders)

violations contains dockerfile.finding(one, sprintf("WORKDIR %s is relative", [one.spec.value])) if {
	some one in _folders
	not _is_open(one)
	not regex.match(`^(/|[A-Za-z]:[/\\])`, one.spec.value)
}

unknowns contains dockerfile.finding(one, sprintf("WORKDIR depends on %s, which has no value here", [concat(", ", names)])) if {
	some one in _folders
	_is_open(one)
	names := one.spec.unset
}

_folders := dockerfile.named({"workdir"})

_is_open(one) if {
	dockerfile.is_open(one.spec)
	regex.match(`^(?i:WORKDIR)\s+["']?\$`, one.spec.text)
}
