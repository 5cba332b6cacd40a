# METADATA
# title: A pipe fails when any of its commands fails
# description: >-
#   Every RUN with a pipe sets pipefail before it, by SHELL ["/bin/bash", "-o", "pipefail", "-c"] or by set -o
#   pipefail in the script.
# custom:
#   id: df-pipefail
#   profile: production
#   severity: medium
#   scope: object
#   why: >-
#     Without it only the last command counts: a download that broke off is built into the image.
#   fix: >-
#     SHELL ["/bin/bash", "-o", "pipefail", "-c"] before the step.
#   reference: https://docs.docker.com/build/building/best-practices/#using-pipes
package hallmark.dockerfile.df_pipefail

import data.hallmark.lib.dockerfile

applies := dockerfile.ids_of(_commands)

violations contains dockerfile.finding(one, "has a pipe whose first commands may fail unseen") if {
	some one in _commands
	one.command.unchecked
}

_commands := [one | some one in dockerfile.commands; one.spec.name == "run"]
