# METADATA
# title: No secret stands in user data
# description: >-
#   The user data of an instance, a launch template and a launch configuration hold no key of AWS, no token
#   of the usual forms and no private key, as text or in base64. Of an instance the plan has a hash only: its
#   text is read where the configuration has it literally, and is unknown elsewhere, as is what is
#   compressed.
# custom:
#   id: secrets-in-userdata
#   profile: baseline
#   severity: critical
#   scope: object
#   why: >-
#     User data are in the state, and every process on the instance reads them from the metadata service.
#   fix: >-
#     Give the instance a role, and let it fetch what it needs from Secrets Manager.
#   reference: https://docs.aws.amazon.com/AWSEC2/latest/UserGuide/instancedata-add-user-data.html
package hallmark.plan.secrets_in_userdata

import data.hallmark.lib.plan
import data.hallmark.lib.secrets

applies := plan.ids(_types)

violations contains plan.violation(entry, [argument], "holds a secret") if {
	some entry in plan.of_types(_types)
	some argument in _arguments
	secrets.credential(_text(entry, argument))
}

unknowns contains plan.unknown(entry, [argument]) if {
	some entry in plan.of_types(_types)
	some argument in _arguments
	plan.is_open(entry, [argument])
}

unknowns contains said if {
	some entry in plan.of_types(_types)
	some argument in _arguments
	_is_hidden(_text(entry, argument))
	said := {"object": entry.id, "path": [argument], "message": sprintf("%s of %s is a hash or compressed: its text is not in the document", [argument, entry.address])}
}

_types := {"aws_instance", "aws_launch_template", "aws_launch_configuration"}

_arguments := {"user_data", "user_data_base64"}

# As the configuration has it, or else as the plan does.
_text(entry, argument) := entry.constants[argument] if {
	is_string(entry.constants[argument])
} else := plan.get(entry, [argument]).value

_is_hidden(text) if regex.match(`^[0-9a-f]{40}$`, text)

# gzip in base64
_is_hidden(text) if startswith(text, "H4sI")
