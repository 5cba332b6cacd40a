# METADATA
# title: Topics are encrypted with KMS
# description: >-
#   kms_master_key_id of every topic is given: a name, or the id of a key that is made in the same plan.
# custom:
#   id: sns-kms
#   profile: production
#   severity: medium
#   scope: object
#   why: >-
#     Messages that wait for delivery can be read by who gets at the store.
#   fix: >-
#     Set kms_master_key_id.
#   reference: https://docs.aws.amazon.com/sns/latest/dg/sns-server-side-encryption.html
package hallmark.plan.sns_kms

import data.hallmark.lib.plan

applies := plan.ids({"aws_sns_topic"})

violations contains plan.violation(entry, _path, "no KMS key is given") if {
	some entry in plan.of_types({"aws_sns_topic"})
	_verdict(entry) == "fail"
}

unknowns contains plan.unknown(entry, _path) if {
	some entry in plan.of_types({"aws_sns_topic"})
	_verdict(entry) == "unknown"
}

_path := ["kms_master_key_id"]

_verdict(entry) := plan.key_given(entry, _path)
