# METADATA
# title: No secret stands in ENV
# description: >-
#   No variable whose name says secret has a value by ENV, and no private key is one, in any stage. A name
#   that ends in _FILE may hold the path of a file.
# custom:
#   id: df-secret-env
#   profile: baseline
#   severity: critical
#   scope: object
#   why: >-
#     ENV is part of the image: everybody who can pull it reads the value, and so does every process in the
#     container.
#   fix: >-
#     Lend it to the step that needs it: RUN --mount=type=secret,id=NAME, read from /run/secrets/NAME.
#   reference: https://docs.docker.com/build/building/secrets/
package hallmark.dockerfile.df_secret_env

import data.hallmark.lib.dockerfile
import data.hallmark.lib.secrets

applies := dockerfile.ids_of(dockerfile.named({"env"}))

violations contains dockerfile.finding(one, sprintf("keeps a secret in the variable %s", [one.key])) if {
	some one in dockerfile.variables
	one.spec.name == "env"
	one.value != ""
	_is_secret(one)
}

_is_secret(one) if {
	secrets.named(one.key)
	not secrets.file(one.key, one.value)
}

_is_secret(one) if secrets.private_key(one.value)
