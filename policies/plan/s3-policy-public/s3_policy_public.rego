# METADATA
# title: No bucket is public by its policy
# description: >-
#   No Allow statement of the policy of a bucket, in an aws_s3_bucket_policy or in the old argument of the
#   bucket itself, has the principal "*" without a condition that narrows who that is (by account,
#   organization, source or network).
# custom:
#   id: s3-policy-public
#   profile: baseline
#   severity: critical
#   scope: object
#   why: >-
#     Everybody could read, or change, what is stored.
#   fix: >-
#     Name the principals, or add a condition such as StringEquals aws:PrincipalOrgID.
#   reference: https://docs.aws.amazon.com/AmazonS3/latest/userguide/access-control-block-public-access.html#access-control-block-public-access-policy-status
package hallmark.plan.s3_policy_public

import data.hallmark.lib.iam
import data.hallmark.lib.plan

applies := plan.ids(_types)

violations contains plan.violation(entry, _path, sprintf("statement %s lets in everybody", [statement.name])) if {
	some entry in plan.of_types(_types)
	some statement in iam.read(entry, _path).statements
	_verdict(statement) == "fail"
}

unknowns contains iam.unknown(entry, _path) if {
	some entry in plan.of_types(_types)
	"unknown" in _verdicts(iam.read(entry, _path))
}

_types := {"aws_s3_bucket", "aws_s3_bucket_policy"}

_path := ["policy"]

_verdicts(document) := {_verdict(statement) | some statement in document.statements} | {"unknown" | document.open}

_verdict(statement) := plan.together({iam.allowing(statement), iam.public(statement), iam.narrowed(statement)})
