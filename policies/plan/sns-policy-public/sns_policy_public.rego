# METADATA
# title: No topic lets in everybody
# description: >-
#   No Allow statement of the policy of a topic has the principal "*" without a condition.
# custom:
#   id: sns-policy-public
#   profile: baseline
#   severity: critical
#   scope: object
#   why: >-
#     Anybody with an account of AWS could publish or subscribe.
#   fix: >-
#     Name the principals, or add a condition such as aws:SourceAccount.
#   reference: https://docs.aws.amazon.com/sns/latest/dg/sns-security-best-practices.html
package hallmark.plan.sns_policy_public

import data.hallmark.lib.iam
import data.hallmark.lib.plan

applies := plan.ids({"aws_sns_topic_policy"})

violations contains plan.violation(entry, _path, sprintf("statement %s lets in everybody, without a condition", [statement.name])) if {
	some entry in plan.of_types({"aws_sns_topic_policy"})
	some statement in iam.read(entry, _path).statements
	_verdict(statement) == "fail"
}

unknowns contains iam.unknown(entry, _path) if {
	some entry in plan.of_types({"aws_sns_topic_policy"})
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
