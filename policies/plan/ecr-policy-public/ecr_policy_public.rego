# METADATA
# title: No repository is public by its policy
# description: >-
#   No Allow statement of the policy of a repository has the principal "*" without a condition that narrows
#   who that is (by account, organization, source or network).
# custom:
#   id: ecr-policy-public
#   profile: baseline
#   severity: critical
#   scope: object
#   why: >-
#     Everybody could pull the images, or push others.
#   fix: >-
#     Name the principals, or add a condition such as StringEquals aws:PrincipalOrgID.
#   reference: https://docs.aws.amazon.com/AmazonECR/latest/userguide/repository-policies.html
package hallmark.plan.ecr_policy_public

import data.hallmark.lib.iam
import data.hallmark.lib.plan

applies := plan.ids({"aws_ecr_repository_policy"})

violations contains plan.violation(entry, _path, sprintf("statement %s lets in everybody", [statement.name])) if {
	some entry in plan.of_types({"aws_ecr_repository_policy"})
	some statement in iam.read(entry, _path).statements
	_verdict(statement) == "fail"
}

unknowns contains iam.unknown(entry, _path) if {
	some entry in plan.of_types({"aws_ecr_repository_policy"})
	"unknown" in _verdicts(iam.read(entry, _path))
}

_path := ["policy"]

_verdicts(document) := {_verdict(statement) | some statement in document.statements} | {"unknown" | document.open}

_verdict(statement) := plan.together({iam.allowing(statement), iam.public(statement), iam.narrowed(statement)})
