# METADATA
# title: Buckets are encrypted with a KMS key by default
# description: >-
#   The default encryption of every bucket is aws:kms or aws:kms:dsse, by an
#   aws_s3_bucket_server_side_encryption_configuration or by the old block in the bucket itself, and every
#   such resource says so. Left out it is AES256, a key of S3's own, which is
#   right only for a bucket that takes the access logs of another.
# custom:
#   id: s3-kms
#   profile: production
#   severity: medium
#   scope: set
#   why: >-
#     A key of one's own has a policy and a trail of its uses, and can be taken away.
#   fix: >-
#     Add an aws_s3_bucket_server_side_encryption_configuration for the bucket with sse_algorithm = "aws:kms"
#     and a kms_master_key_id.
#   reference: https://docs.aws.amazon.com/AmazonS3/latest/userguide/UsingKMSEncryption.html
package hallmark.plan.s3_kms

import data.hallmark.lib.plan

applies := plan.ids({"aws_s3_bucket", _encryption})

violations contains plan.violation(entry, _paths[entry.type], "the default encryption is not by a KMS key") if {
	some entry in plan.of_types({_encryption})
	_verdicts[entry.id] == "fail"
}

violations contains plan.violation(entry, [], "its default encryption is not by a KMS key") if {
	some entry in plan.of_types({"aws_s3_bucket"})
	_whole(entry) == "fail"
}

unknowns contains plan.unknown(entry, _paths[entry.type]) if {
	some entry in plan.of_types({_encryption})
	_verdicts[entry.id] == "unknown"
}

unknowns contains plan.unknown(entry, _paths[entry.type]) if {
	some entry in plan.of_types({"aws_s3_bucket"})
	_whole(entry) == "unknown"
	_verdicts[entry.id] == "unknown"
}

unknowns contains said if {
	some entry in plan.of_types({"aws_s3_bucket"})
	_whole(entry) == "unknown"
	some said in plan.open_companions(entry, _companions(entry), _verdicts, "bucket", _paths[_encryption])
}

_encryption := "aws_s3_bucket_server_side_encryption_configuration"

_companions(entry) := plan.companions(entry, _encryption, "bucket")

# By the bucket's own old block, or by the resource for it.
_whole(entry) := plan.together({_verdicts[entry.id], plan.by_companions(_companions(entry), _verdicts)})

_paths := {
	"aws_s3_bucket": ["server_side_encryption_configuration", 0, "rule", 0, "apply_server_side_encryption_by_default", 0, "sse_algorithm"],
	_encryption: ["rule", 0, "apply_server_side_encryption_by_default", 0, "sse_algorithm"],
}

_verdicts := {entry.id: plan.together({_verdict(entry), _of_logs(entry)}) | some entry in plan.of_types({"aws_s3_bucket", _encryption})}

_verdict(entry) := plan.verdict(entry, _paths[entry.type], null, {"aws:kms", "aws:kms:dsse"})

# S3 delivers logs to no bucket with a key of KMS.
_of_logs(entry) := "pass" if {
	count(plan.companions(entry, _logging, "target_bucket").sure) > 0
} else := "pass" if {
	some logging in plan.of_types({_logging})
	logging.document == entry.document
	logging.values.target_bucket == entry.values.bucket
} else := "fail"

_logging := "aws_s3_bucket_logging"
