# METADATA
# title: No secret stands in a script
# description: >-
#   No RUN, CMD, ENTRYPOINT or HEALTHCHECK sets a variable whose name says secret to a literal, or passes one
#   as an option such as --password=x, and none holds a private key. What comes from a variable, a command or
#   a file at run time is not a literal.
# custom:
#   id: df-secret-run
#   profile: baseline
#   severity: critical
#   scope: object
#   why: >-
#     Every script is kept in the history of the image, where everybody who can pull it reads it.
#   fix: >-
#     Lend it to the step that needs it: RUN --mount=type=secret,id=NAME, read from /run/secrets/NAME.
#   reference: https://docs.docker.com/build/building/secrets/
package hallmark.dockerfile.df_secret_run

import data.hallmark.lib.dockerfile
import data.hallmark.lib.secrets

applies := dockerfile.ids_of(_scripts)

violations contains dockerfile.finding(one, sprintf("sets %s to a literal in its script", [one.key])) if {
	some one in dockerfile.assignments
	_is_literal(one.key, one.value)
}

violations contains dockerfile.finding(one, sprintf("passes a literal by the option %s", [option.key])) if {
	some one in dockerfile.commands
	some word in one.command.words
	option := dockerfile.assigned(word)
	regex.match(`^--?[A-Za-z0-9_-]+$`, option.key)
	_is_literal(option.key, option.value)
}

violations contains dockerfile.finding(one, "holds a private key") if {
	some one in _scripts
	some text in array.concat([one.spec.text], [document.text | some document in object.get(one.spec, "heredocs", [])])
	secrets.private_key(text)
}

_scripts := dockerfile.named({"run", "cmd", "entrypoint", "healthcheck"})

_is_literal(name, value) if {
	secrets.named(name)
	not regex.match("^$|[$`]", value)
	not secrets.file(name, value)
}
