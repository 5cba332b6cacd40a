# METADATA
# title: apt installs what is asked for and no more
# description: >-
#   Every apt-get install of the final image has --no-install-recommends.
# custom:
#   id: df-apt-recommends
#   profile: production
#   severity: low
#   scope: object
#   why: >-
#     Recommended packages make the image larger, and everything in it can have a flaw.
#   fix: >-
#     apt-get install --no-install-recommends
#   reference: https://docs.docker.com/build/building/best-practices/
package hallmark.dockerfile.df_apt_recommends

import data.hallmark.lib.dockerfile

applies := dockerfile.ids_of(_installs)

violations contains dockerfile.finding(one, sprintf("%s installs recommended packages too", [one.program])) if {
	some one in _installs
	not regex.match(`(?i) (--no-install-recommends|(-o ?)?apt::install-recommends=(0|false))( |$)`, concat(" ", one.command.words))
}

_installs := [one |
	some one in dockerfile.commands
	dockerfile.is_final(one)
	one.program in {"apt", "apt-get", "aptitude"}
	dockerfile.installs(one)
]
