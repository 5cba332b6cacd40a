# METADATA
# title: No policy allows all of IAM
# description: >-
#   No Allow statement of a policy of IAM has the action "iam:*", or "*", on the resource "*".
# custom:
#   id: iam-full-access
#   profile: baseline
#   severity: critical
#   scope: object
#   why: >-
#     Whoever may change every user and role can become any of them.
#   fix: >-
#     Name the actions of IAM that are needed, and the roles on which.
#   reference: https://docs.aws.amazon.com/IAM/latest/UserGuide/best-practices.html#grant-least-privilege
package hallmark.plan.iam_full_access

import data.hallmark.lib.iam
import data.hallmark.lib.plan

applies := plan.ids(iam.granting)

violations contains plan.violation(entry, path, sprintf("statement %s allows all of IAM on everything", [statement.name])) if {
	some entry in plan.of_types(iam.granting)
	some path in iam.permissions(entry)
	some statement in iam.read(entry, path).statements
	_verdict(statement) == "fail"
}

unknowns contains iam.unknown(entry, path) if {
	some entry in plan.of_types(iam.granting)
	some path in iam.permissions(entry)
	"unknown" in _verdicts(iam.read(entry, path))
}

_verdicts(document) := {_verdict(statement) | some statement in document.statements} | {"unknown" | document.open}

_verdict(statement) := plan.together({
	iam.allowing(statement),
	iam.has(statement.actions, iam.every_action | {"iam:*"}),
	iam.has(statement.resources, {"*"}),
})
