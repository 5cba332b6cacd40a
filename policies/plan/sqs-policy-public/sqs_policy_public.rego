# METADATA
# title: No queue lets in everybody
# description: >-
#   No Allow statement of the policy of a queue, its own or that of a resource for it, has the principal "*"
#   without a condition.
# custom:
#   id: sqs-policy-public
#   profile: baseline
#   severity: critical
#   scope: object
#   why: >-
#     Anybody with an account of AWS could send or take messages.
#   fix: >-
#     Name the principals, or add a condition such as aws:SourceArn.
#   reference: https://docs.aws.amazon.com/AWSSimpleQueueService/latest/SQSDeveloperGuide/sqs-security-best-practices.html
package hallmark.plan.sqs_policy_public

import data.hallmark.lib.iam
import data.hallmark.lib.plan

applies := plan.ids({"aws_sqs_queue_policy", "aws_sqs_queue"})

violations contains plan.violation(entry, _path, sprintf("statement %s lets in everybody, without a condition", [statement.name])) if {
	some entry in plan.of_types({"aws_sqs_queue_policy", "aws_sqs_queue"})
	some statement in iam.read(entry, _path).statements
	_verdict(statement) == "fail"
}

unknowns contains iam.unknown(entry, _path) if {
	some entry in plan.of_types({"aws_sqs_queue_policy", "aws_sqs_queue"})
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
