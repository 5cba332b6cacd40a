# METADATA
# title: A secret is lent as a file and not as a variable
# description: >-
#   No RUN --mount=type=secret has env=.
# custom:
#   id: df-secret-mount-env
#   profile: all
#   severity: low
#   scope: object
#   why: >-
#     Every process of the step inherits a variable, and tools print their environment when they fail.
#   fix: >-
#     Read it from /run/secrets/NAME where it is needed.
#   reference: https://docs.docker.com/build/building/secrets/
package hallmark.dockerfile.df_secret_mount_env

import data.hallmark.lib.dockerfile

applies := dockerfile.ids_of(_secrets)

violations contains dockerfile.finding(one, sprintf("lends the secret as the variable %s", [one.mount.env])) if {
	some one in _secrets
}

_secrets := [object.union(one, {"path": array.concat(one.path, ["mounts", index]), "mount": mount}) |
	some one in dockerfile.named({"run"})
	some index, mount in object.get(one.spec, "mounts", [])
	mount.type == "secret"
]
