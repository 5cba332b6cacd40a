# METADATA
# title: No step may change the environment by what it prints
# description: >-
#   ACTIONS_ALLOW_UNSECURE_COMMANDS is set nowhere, unless to false.
# custom:
#   id: wf-unsecure-commands
#   profile: baseline
#   severity: high
#   scope: object
#   why: >-
#     Whatever a step prints, a file of a pull request too, could then set PATH for the steps after it.
#   fix: >-
#     Remove it, and write to $GITHUB_ENV.
#   reference: https://github.blog/changelog/2020-10-01-github-actions-deprecating-set-env-and-add-path-commands/
package hallmark.workflows.wf_unsecure_commands

import data.hallmark.lib.objects
import data.hallmark.lib.workflows

applies := workflows.ids_of(workflows.environments)

violations contains objects.violation(one.id, array.concat(one.path, [name]), "allows commands by what is printed") if {
	some one in workflows.environments
	some name, value in one.values
	upper(name) == "ACTIONS_ALLOW_UNSECURE_COMMANDS"
	not value in {false, "false"}
}
