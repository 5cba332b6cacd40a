# METADATA
# title: No secret is taken as a build argument
# description: >-
#   No ARG has a name that says secret, with or without a default, and no default is a private key; before the
#   first FROM too.
# custom:
#   id: df-secret-arg
#   profile: baseline
#   severity: critical
#   scope: object
#   why: >-
#     Build arguments are kept in the history of the image and in its provenance, where everybody who can pull
#     it reads them.
#   fix: >-
#     Lend it to the step that needs it: RUN --mount=type=secret,id=NAME, read from /run/secrets/NAME.
#   reference: https://docs.docker.com/build/building/secrets/
package hallmark.dockerfile.df_secret_arg

import data.hallmark.lib.dockerfile
import data.hallmark.lib.secrets

applies := dockerfile.ids_of(_arguments)

violations contains dockerfile.finding(one, sprintf("takes a secret as the build argument %s", [one.key])) if {
	some one in _arguments
	_is_secret(one)
}

_arguments := [one | some one in dockerfile.variables; one.spec.name == "arg"]

_is_secret(one) if {
	secrets.named(one.key)
	not secrets.file(one.key, one.value)
}

_is_secret(one) if secrets.private_key(one.value)
