# METADATA
# title: No secret stands in the environment of a function
# description: >-
#   No variable of a Lambda function has a literal value that is a key of AWS, a token of the usual forms or
#   a private key, or that stands under a name that says secret (password, token, AWS_SECRET_ACCESS_KEY and
#   the like). An ARN, and a name that says where the secret is (_ARN, _NAME, _ID, _URL, _URI, _PATH, _FILE),
#   are none.
# custom:
#   id: secrets-in-env
#   profile: baseline
#   severity: critical
#   scope: object
#   why: >-
#     A literal is in the state, in every plan, and readable by everybody who may describe the function.
#   fix: >-
#     Give the function the ARN of a secret in Secrets Manager, and its role the right to read it.
#   reference: https://docs.aws.amazon.com/lambda/latest/dg/configuration-envvars.html
package hallmark.plan.secrets_in_env

import data.hallmark.lib.plan
import data.hallmark.lib.secrets

applies := plan.ids({"aws_lambda_function"})

violations contains plan.violation(entry, path, "is a secret as a literal value") if {
	some entry in plan.of_types({"aws_lambda_function"})
	some path in _paths(entry)
	value := plan.get(entry, path).value
	_is_secret(path[3], value)
}

unknowns contains plan.unknown(entry, path) if {
	some entry in plan.of_types({"aws_lambda_function"})
	some path in (_paths(entry) | {_variables})
	plan.is_open(entry, path)
}

_variables := ["environment", 0, "variables"]

_paths(entry) := {array.concat(_variables, [name]) |
	not plan.is_open(entry, _variables)
	some name, _ in plan.value(entry, _variables, {})
}

_is_secret(_, value) if secrets.credential(value)

_is_secret(name, value) if {
	secrets.named(name)
	value != ""
	not startswith(value, "arn:")
	not regex.match(`(?i)[-_](arn|name|id|url|uri|path|file)s?$`, name)
}
