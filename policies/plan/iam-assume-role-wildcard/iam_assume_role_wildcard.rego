# METADATA
# title: No role can be assumed by everybody
# description: >-
#   No Allow statement of the trust of a role has the principal "*", or AWS "*", whatever its conditions.
# custom:
#   id: iam-assume-role-wildcard
#   profile: baseline
#   severity: critical
#   scope: object
#   why: >-
#     Anybody with an account of AWS could act as the role as soon as a condition is wrong.
#   fix: >-
#     Name the roles or services that may assume it.
#   reference: https://docs.aws.amazon.com/IAM/latest/UserGuide/id_roles_create_for-user.html
package hallmark.plan.iam_assume_role_wildcard

import data.hallmark.lib.iam
import data.hallmark.lib.plan

applies := plan.ids({"aws_iam_role"})

violations contains plan.violation(entry, _path, sprintf("statement %s trusts everybody", [statement.name])) if {
	some entry in plan.of_types({"aws_iam_role"})
	some statement in iam.read(entry, _path).statements
	_verdict(statement) == "fail"
}

unknowns contains iam.unknown(entry, _path) if {
	some entry in plan.of_types({"aws_iam_role"})
	"unknown" in _verdicts(iam.read(entry, _path))
}

_path := ["assume_role_policy"]

_verdicts(document) := {_verdict(statement) | some statement in document.statements} | {"unknown" | document.open}

_verdict(statement) := plan.together({iam.allowing(statement), iam.public(statement)})
