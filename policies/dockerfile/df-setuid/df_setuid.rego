# METADATA
# title: No file that gives the rights of its owner
# description: >-
#   No mode that chmod, mkdir -m, install -m or --chmod gives sets the user or the group id (4755, 2755, u+s,
#   g+s).
# custom:
#   id: df-setuid
#   profile: restricted
#   severity: high
#   scope: object
#   why: >-
#     Such a file lets every process of the container act as its owner, mostly root.
#   fix: >-
#     Leave the bits away; give the process the one capability that it needs, in the manifest.
#   reference: https://docs.docker.com/reference/dockerfile/#copy---chown---chmod
package hallmark.dockerfile.df_setuid

import data.hallmark.lib.dockerfile

applies := dockerfile.ids_of(dockerfile.modes)

violations contains dockerfile.finding(one, sprintf("gives the mode %s, which sets an id", [one.mode])) if {
	some one in dockerfile.modes
	some pattern in [`^0*[2-7][0-7]{3}$`, `^([^,]*,)*[ugoa]*[+=][rwxXt]*s`]
	regex.match(pattern, one.mode)
}
