# METADATA
# title: Package lists are fetched in the step that installs
# description: >-
#   Every RUN with apt-get update (or apk update, dnf makecache) installs something too.
# custom:
#   id: df-update-alone
#   profile: production
#   severity: medium
#   scope: object
#   why: >-
#     The step is cached: months later a changed install line is resolved against the old lists, and gets old
#     packages or none.
#   fix: >-
#     RUN apt-get update && apt-get install ...
#   reference: https://docs.docker.com/build/building/best-practices/#apt-get
package hallmark.dockerfile.df_update_alone

import data.hallmark.lib.dockerfile

applies := dockerfile.ids_of(_updates)

violations contains dockerfile.finding(one, sprintf("%s %s stands in a step that installs nothing", [one.program, dockerfile.operands(one.command)[0]])) if {
	some one in _updates
	not _installs_too(one)
}

_updates := [one |
	some one in dockerfile.commands
	some word in dockerfile.operands(one.command)
	word in _words[one.program]
]

_words := {
	"apt": {"update"},
	"apt-get": {"update"},
	"aptitude": {"update"},
	"apk": {"update"},
	"dnf": {"makecache"},
	"yum": {"makecache"},
	"zypper": {"refresh"},
}

_installs_too(one) if {
	some other in dockerfile.beside(one)
	dockerfile.installs(other)
}
