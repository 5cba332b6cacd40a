# METADATA
# title: Buckets keep what is overwritten or deleted
# description: >-
#   Every bucket has an aws_s3_bucket_versioning whose status is Enabled, and every such resource says so;
#   the old block versioning { enabled = true } in the bucket itself counts as well.
# custom:
#   id: s3-versioning
#   profile: production
#   severity: medium
#   scope: set
#   why: >-
#     Without versions a mistake, or an attacker with the right to write, destroys what is stored.
#   fix: >-
#     Add an aws_s3_bucket_versioning for the bucket with versioning_configuration { status = "Enabled" }.
#   reference: https://docs.aws.amazon.com/AmazonS3/latest/userguide/Versioning.html
package hallmark.plan.s3_versioning

import data.hallmark.lib.plan

applies := plan.ids({"aws_s3_bucket", _versioning})

violations contains plan.violation(entry, _paths[entry.type], "versioning is not enabled") if {
	some entry in plan.of_types({_versioning})
	_verdicts[entry.id] == "fail"
}

violations contains plan.violation(entry, [], "versioning of it is not enabled") if {
	some entry in plan.of_types({"aws_s3_bucket"})
	_whole(entry) == "fail"
}

unknowns contains plan.unknown(entry, _paths[entry.type]) if {
	some entry in plan.of_types({_versioning})
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
	some said in plan.open_companions(entry, _companions(entry), _verdicts, "bucket", _paths[_versioning])
}

_versioning := "aws_s3_bucket_versioning"

_companions(entry) := plan.companions(entry, _versioning, "bucket")

# By the bucket's own old block, or by the resource for it.
_whole(entry) := plan.together({_verdicts[entry.id], plan.by_companions(_companions(entry), _verdicts)})

_paths := {
	"aws_s3_bucket": ["versioning", 0, "enabled"],
	_versioning: ["versioning_configuration", 0, "status"],
}

_verdicts := {entry.id: plan.verdict(entry, _paths[entry.type], null, {true, "Enabled"}) | some entry in plan.of_types({"aws_s3_bucket", _versioning})}
