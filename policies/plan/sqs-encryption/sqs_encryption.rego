# METADATA
# title: Queues are encrypted
# description: >-
#   Every queue has a kms_master_key_id, or sqs_managed_sse_enabled. Left out AWS encrypts a new queue by
#   itself, but only in the state it can be seen.
# custom:
#   id: sqs-encryption
#   profile: production
#   severity: medium
#   scope: object
#   why: >-
#     Messages that wait can be read by who gets at the store.
#   fix: >-
#     Set sqs_managed_sse_enabled = true, or kms_master_key_id.
#   reference: https://docs.aws.amazon.com/AWSSimpleQueueService/latest/SQSDeveloperGuide/sqs-server-side-encryption.html
package hallmark.plan.sqs_encryption

import data.hallmark.lib.plan

applies := plan.ids({"aws_sqs_queue"})

violations contains plan.violation(entry, _managed, "neither a KMS key nor SQS's own encryption is given") if {
	some entry in plan.of_types({"aws_sqs_queue"})
	plan.together(_verdicts(entry)) == "fail"
}

unknowns contains plan.unknown(entry, path) if {
	some entry in plan.of_types({"aws_sqs_queue"})
	plan.together(_verdicts(entry)) == "unknown"
	some path in [_managed, _key]
	plan.is_open(entry, path)
}

_managed := ["sqs_managed_sse_enabled"]

_key := ["kms_master_key_id"]

_verdicts(entry) := {plan.verdict(entry, _managed, false, {true}), plan.key_given(entry, _key)}
