# METADATA
# title: No role can be assumed by a whole account
# description: >-
#   No Allow statement of the trust of a role has an account as its principal: its number, or the ARN of its
#   root.
# custom:
#   id: iam-assume-role-account
#   profile: production
#   severity: medium
#   scope: object
#   why: >-
#     Every user and role of that account with sts:AssumeRole may then act as the role.
#   fix: >-
#     Name the roles of the account that may assume it.
#   reference: https://docs.aws.amazon.com/IAM/latest/UserGuide/id_roles_create_for-user.html
package hallmark.plan.iam_assume_role_account

import data.hallmark.lib.iam
import data.hallmark.lib.plan

applies := plan.ids({"aws_iam_role"})

violations contains plan.violation(entry, _path, sprintf("statement %s trusts a whole account", [statement.name])) if {
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

_verdict(statement) := plan.together({iam.allowing(statement), _account(statement)})

_account(statement) := "fail" if {
	some principal in statement.principals
	principal.type == "AWS"
	is_string(principal.id)
	regex.match(`^(\d{12}|arn:aws[a-z-]*:iam::\d{12}:root)$`, principal.id)
} else := "unknown" if {
	some principal in statement.principals
	not principal.type in {"Service", "Federated", "CanonicalUser"}
	plan.has_mark(principal)
} else := "pass"
