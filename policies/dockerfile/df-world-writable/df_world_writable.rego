# METADATA
# title: No file that everybody may write
# description: >-
#   No mode that chmod, mkdir -m, install -m or --chmod gives lets others write (777, 666, a+w, o+w), unless
#   it has the sticky bit as /tmp has.
# custom:
#   id: df-world-writable
#   profile: restricted
#   severity: medium
#   scope: object
#   why: >-
#     Whatever runs in the container may then change the code and the configuration that it runs.
#   fix: >-
#     Give the file to the user that needs it, or write at run time to a volume.
#   reference: https://docs.docker.com/reference/dockerfile/#copy---chown---chmod
package hallmark.dockerfile.df_world_writable

import data.hallmark.lib.dockerfile

applies := dockerfile.ids_of(dockerfile.modes)

violations contains dockerfile.finding(one, sprintf("gives the mode %s: everybody may write", [one.mode])) if {
	some one in dockerfile.modes
	some pattern in [`^0*[0246]?[0-7][0-7][2367]$`, `^([^,]*,)*[ug]*[oa][ugoa]*[+=][rsxX]*w[rwsxX]*(,[^,]*)*$`]
	regex.match(pattern, one.mode)
}
