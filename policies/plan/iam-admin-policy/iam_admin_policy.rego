# METADATA
# title: No policy makes an administrator
# description: >-
#   No Allow statement of a policy of IAM has the action "*" on the resource "*".
# custom:
#   id: iam-admin-policy
#   profile: baseline
#   severity: critical
#   scope: object
#   why: >-
#     One stolen credential of such a user or role is the whole account.
#   fix: >-
#     Name the actions and the resources that are needed.
#   reference: https://docs.aws.amazon.com/IAM/latest/UserGuide/best-practices.html#grant-least-privilege
package hallmark.plan.iam_admin_policy

import data.hallmark.lib.iam
import data.hallmark.lib.plan

applies := plan.ids(iam.granting)

violations contains plan.violation(entry, path, sprintf("statement %s allows everything on everything", [statement.name])) if {
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
	iam.has(statement.actions, iam.every_action),
	iam.has(statement.resources, {"*"}),
})
