# METADATA
# title: No policy allows every action
# description: >-
#   No Allow statement of a policy of IAM has the action "*", be it written as JSON, by jsonencode, as
#   inline_policy of a role, or by a data source.
# custom:
#   id: iam-star-action
#   profile: baseline
#   severity: high
#   scope: object
#   why: >-
#     Whoever has every action of everything that a resource offers has far more than any task needs.
#   fix: >-
#     Name the actions that are needed.
#   reference: https://docs.aws.amazon.com/IAM/latest/UserGuide/best-practices.html#grant-least-privilege
package hallmark.plan.iam_star_action

import data.hallmark.lib.iam
import data.hallmark.lib.plan

applies := plan.ids(iam.granting)

violations contains plan.violation(entry, path, sprintf("statement %s allows every action", [statement.name])) if {
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

_verdict(statement) := plan.together({iam.allowing(statement), iam.has(statement.actions, iam.every_action)})
