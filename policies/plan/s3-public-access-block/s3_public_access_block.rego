# METADATA
# title: No bucket can be made public
# description: >-
#   Every bucket has an aws_s3_bucket_public_access_block, and in every such block all four switches are true; one that
#   is left out is false.
# custom:
#   id: s3-public-access-block
#   profile: baseline
#   severity: high
#   scope: set
#   why: >-
#     One wrong policy or ACL publishes a bucket; the block holds whatever they say.
#   fix: >-
#     Add an aws_s3_bucket_public_access_block for the bucket with block_public_acls, block_public_policy,
#     ignore_public_acls and restrict_public_buckets = true.
#   reference: https://docs.aws.amazon.com/AmazonS3/latest/userguide/access-control-block-public-access.html
package hallmark.plan.s3_public_access_block

import data.hallmark.lib.plan

applies := plan.ids({"aws_s3_bucket", _block})

violations contains plan.violation(entry, [switch], "is not true") if {
	some entry in plan.of_types({_block})
	some switch in _switches
	_verdict(entry, switch) == "fail"
}

unknowns contains plan.unknown(entry, [switch]) if {
	some entry in plan.of_types({_block})
	some switch in _switches
	_verdict(entry, switch) == "unknown"
}

violations contains plan.violation(entry, [], "no public access block of it has all four switches on") if {
	some entry in plan.of_types({"aws_s3_bucket"})
	blocks := plan.companions(entry, _block, "bucket")
	every block in array.concat(blocks.sure, blocks.possible) {
		"fail" in _verdicts(block)
	}
}

unknowns contains plan.unknown_of(entry, block, ["bucket"]) if {
	some entry in plan.of_types({"aws_s3_bucket"})
	blocks := plan.companions(entry, _block, "bucket")
	not _is_blocked(blocks)
	some block in blocks.possible
	not "fail" in _verdicts(block)
}

unknowns contains plan.unknown_of(entry, block, [switch]) if {
	some entry in plan.of_types({"aws_s3_bucket"})
	blocks := plan.companions(entry, _block, "bucket")
	not _is_blocked(blocks)
	some block in blocks.sure
	not "fail" in _verdicts(block)
	some switch in _switches
	_verdict(block, switch) == "unknown"
}

_is_blocked(blocks) if {
	some block in blocks.sure
	_verdicts(block) == {"pass"}
}

_block := "aws_s3_bucket_public_access_block"

_switches := {"block_public_acls", "block_public_policy", "ignore_public_acls", "restrict_public_buckets"}

_verdict(entry, switch) := plan.verdict(entry, [switch], false, {true})

_verdicts(entry) := {_verdict(entry, switch) | some switch in _switches}
