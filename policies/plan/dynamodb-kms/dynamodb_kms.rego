# METADATA
# title: Tables are encrypted with a key of one's own
# description: >-
#   server_side_encryption of every table is enabled and has a kms_key_arn: a name, or the id of a key that
#   is made in the same plan. Enabled without one it is AWS's own key.
# custom:
#   id: dynamodb-kms
#   profile: production
#   severity: medium
#   scope: object
#   why: >-
#     A key of one's own has a policy and a trail of its uses, and can be taken away.
#   fix: >-
#     Set server_side_encryption { enabled = true, kms_key_arn = ... }.
#   reference: https://docs.aws.amazon.com/amazondynamodb/latest/developerguide/EncryptionAtRest.html
package hallmark.plan.dynamodb_kms

import data.hallmark.lib.plan

applies := plan.ids({"aws_dynamodb_table"})

violations contains plan.violation(entry, ["server_side_encryption"], "the table is not encrypted with a key of one's own") if {
	some entry in plan.of_types({"aws_dynamodb_table"})
	plan.worst(_verdicts(entry)) == "fail"
}

unknowns contains plan.unknown(entry, path) if {
	some entry in plan.of_types({"aws_dynamodb_table"})
	plan.worst(_verdicts(entry)) == "unknown"
	some path in [_enabled, _key]
	plan.is_open(entry, path)
}

_enabled := ["server_side_encryption", 0, "enabled"]

_key := ["server_side_encryption", 0, "kms_key_arn"]

_verdicts(entry) := {plan.verdict(entry, _enabled, false, {true}), plan.key_given(entry, _key)}
