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
	plan.by_companions(plan.companions(entry, _block, "bucket"), _verdicts) == "fail"
}

unknowns contains said if {
	some entry in plan.of_types({"aws_s3_bucket"})
	blocks := plan.companions(entry, _block, "bucket")
	plan.by_companions(blocks, _verdicts) == "unknown"
	some switch in _switches
	some said in plan.open_companions(entry, blocks, {block.id: _verdict(block, switch) | some block in plan.of_types({_block})}, "bucket", [switch])
}

_block := "aws_s3_bucket_public_access_block"

_switches := {"block_public_acls", "block_public_policy", "ignore_public_acls", "restrict_public_buckets"}

_verdict(entry, switch) := plan.verdict(entry, [switch], false, {true})

_verdicts := {entry.id: plan.worst({_verdict(entry, switch) | some switch in _switches}) | some entry in plan.of_types({_block})}
