# METADATA
# title: No key lets in everybody
# description: >-
#   No Allow statement of the policy of a key has the principal "*" without a condition. Left out AWS gives
#   the account the right to use it.
# custom:
#   id: kms-policy-wildcard
#   profile: baseline
#   severity: critical
#   scope: object
#   why: >-
#     Anybody with an account of AWS could decrypt what the key protects.
#   fix: >-
#     Name the principals, or add a condition such as kms:CallerAccount.
#   reference: https://docs.aws.amazon.com/kms/latest/developerguide/key-policies.html
package hallmark.plan.kms_policy_wildcard

import data.hallmark.lib.iam
import data.hallmark.lib.plan

applies := plan.ids({"aws_kms_key"})

violations contains plan.violation(entry, _path, sprintf("statement %s lets in everybody, without a condition", [statement.name])) if {
	some entry in plan.of_types({"aws_kms_key"})
	some statement in iam.read(entry, _path).statements
	_verdict(statement) == "fail"
}

unknowns contains iam.unknown(entry, _path) if {
	some entry in plan.of_types({"aws_kms_key"})
	"unknown" in _verdicts(iam.read(entry, _path))
}

_path := ["policy"]

_verdicts(document) := {_verdict(statement) | some statement in document.statements} | {"unknown" | document.open}

_verdict(statement) := plan.together({iam.allowing(statement), iam.public(statement), _unconditional(statement)})

_unconditional(statement) := "fail" if {
	statement.conditions == []
} else := "unknown" if {
	some condition in statement.conditions
	plan.is_mark(condition.variable)
} else := "pass"
