# METADATA
# title: Log groups are encrypted with a key of one's own
# description: >-
#   kms_key_id of every log group is given: a name, or the id of a key that is made in the same plan.
# custom:
#   id: cw-log-kms
#   profile: production
#   severity: medium
#   scope: object
#   why: >-
#     Who may read a log group of AWS's own key can read it all; a key of one's own has a policy and a trail
#     of its uses.
#   fix: >-
#     Set kms_key_id to the ARN of a KMS key whose policy lets CloudWatch Logs use it.
#   reference: https://docs.aws.amazon.com/AmazonCloudWatch/latest/logs/encrypt-log-data-kms.html
package hallmark.plan.cw_log_kms

import data.hallmark.lib.plan

applies := plan.ids({"aws_cloudwatch_log_group"})

violations contains plan.violation(entry, _path, "no KMS key is given") if {
	some entry in plan.of_types({"aws_cloudwatch_log_group"})
	_verdict(entry) == "fail"
}

unknowns contains plan.unknown(entry, _path) if {
	some entry in plan.of_types({"aws_cloudwatch_log_group"})
	_verdict(entry) == "unknown"
}

_path := ["kms_key_id"]

_verdict(entry) := plan.key_given(entry, _path)
