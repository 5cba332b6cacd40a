# METADATA
# title: No sudo in a script
# description: >-
#   No script calls sudo.
# custom:
#   id: df-sudo
#   profile: restricted
#   severity: medium
#   scope: object
#   why: >-
#     A step is root already unless USER said otherwise; sudo that works means a user of the image may become
#     root.
#   fix: >-
#     Do what needs root before USER.
#   reference: https://docs.docker.com/build/building/best-practices/#user
package hallmark.dockerfile.df_sudo

import data.hallmark.lib.dockerfile

applies := dockerfile.ids_of(dockerfile.commands)

violations contains dockerfile.finding(one, "calls sudo") if {
	some one in dockerfile.commands
	one.program == "sudo"
}
