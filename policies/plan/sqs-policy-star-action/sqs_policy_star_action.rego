# METADATA
# title: No policy of a queue allows every action
# description: >-
#   No Allow statement of the policy of a queue has the action "*" or "sqs:*".
# custom:
#   id: sqs-policy-star-action
#   profile: production
#   severity: medium
#   scope: object
#   why: >-
#     Who sends messages must not be able to take them, or to delete the queue.
#   fix: >-
#     Name the actions that are needed.
#   reference: https://docs.aws.amazon.com/AWSSimpleQueueService/latest/SQSDeveloperGuide/sqs-security-best-practices.html
package hallmark.plan.sqs_policy_star_action

import data.hallmark.lib.iam
import data.hallmark.lib.plan

applies := plan.ids({"aws_sqs_queue_policy"})

violations contains plan.violation(entry, _path, sprintf("statement %s allows every action", [statement.name])) if {
	some entry in plan.of_types({"aws_sqs_queue_policy"})
	some statement in iam.read(entry, _path).statements
	_verdict(statement) == "fail"
}

unknowns contains iam.unknown(entry, _path) if {
	some entry in plan.of_types({"aws_sqs_queue_policy"})
	"unknown" in _verdicts(iam.read(entry, _path))
}

_path := ["policy"]

_verdicts(document) := {_verdict(statement) | some statement in document.statements} | {"unknown" | document.open}

_verdict(statement) := plan.together({iam.allowing(statement), iam.has(statement.actions, iam.every_action | {"sqs:*"})})
