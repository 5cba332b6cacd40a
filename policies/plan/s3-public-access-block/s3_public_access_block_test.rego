package hallmark.plan.s3_public_access_block_test

import data.hallmark.plan.s3_public_access_block
import data.hallmark.testing.plans

_violations(example) := plans.places(set, found) if {
	set := plans.of("s3-public-access-block", example)
	found := s3_public_access_block.violations with input as set
}

_unknowns(example) := plans.places(set, found) if {
	set := plans.of("s3-public-access-block", example)
	found := s3_public_access_block.unknowns with input as set
}

_applies(example) := plans.addresses(set, found) if {
	set := plans.of("s3-public-access-block", example)
	found := s3_public_access_block.applies with input as set
}

test_denies_what_breaks_the_demand if {
	_violations("fail") == {
		"aws_s3_bucket.alone: ",
		"aws_s3_bucket.left_out: ",
		"aws_s3_bucket.partly: ",
		"aws_s3_bucket_public_access_block.left_out: block_public_policy",
		"aws_s3_bucket_public_access_block.left_out: ignore_public_acls",
		"aws_s3_bucket_public_access_block.left_out: restrict_public_buckets",
		"aws_s3_bucket_public_access_block.partly: restrict_public_buckets",
	}
	_unknowns("fail") == set()
}

test_allows_what_is_as_it_should_be if {
	_violations("pass") == set()
	_unknowns("pass") == set()
}

test_leaves_open_what_is_known_after_apply_only if {
	_violations("unknown") == set()
	_unknowns("unknown") == {
		"aws_s3_bucket.named: ",
		"aws_s3_bucket.switch: ",
		"aws_s3_bucket_public_access_block.switch: restrict_public_buckets",
	}
}

test_applies_to_its_types_only if {
	_applies("fail") == {
		"aws_s3_bucket.alone",
		"aws_s3_bucket.left_out",
		"aws_s3_bucket.partly",
		"aws_s3_bucket_public_access_block.left_out",
		"aws_s3_bucket_public_access_block.other",
		"aws_s3_bucket_public_access_block.partly",
	}
	_applies("pass") == {
		"aws_s3_bucket.alone",
		"aws_s3_bucket.left_out",
		"aws_s3_bucket.partly",
		"aws_s3_bucket_public_access_block.alone",
		"aws_s3_bucket_public_access_block.left_out",
		"aws_s3_bucket_public_access_block.partly",
	}
	_applies("unknown") == {
		"aws_s3_bucket.named",
		"aws_s3_bucket.switch",
		"aws_s3_bucket_public_access_block.named",
		"aws_s3_bucket_public_access_block.switch",
	}
}

_denied(set) := plans.places(set, found) if {
	found := s3_public_access_block.violations with input as set
}

_open(set) := plans.places(set, found) if {
	found := s3_public_access_block.unknowns with input as set
}

_bucket := {"id": 0, "address": "aws_s3_bucket.a", "type": "aws_s3_bucket", "exists": true, "document": 0, "values": {"bucket": "a"}}

_switches := {"block_public_acls": true, "block_public_policy": true, "ignore_public_acls": true, "restrict_public_buckets": true}

_block(id, values) := {"id": id, "address": "aws_s3_bucket_public_access_block.a", "type": "aws_s3_bucket_public_access_block", "exists": true, "document": 0, "values": values}

_messages(set) := {one.message | some one in found} if {
	found := s3_public_access_block.unknowns with input as set
}

test_denies_every_switch_that_is_not_written if {
	every switch, _ in _switches {
		block := _block(1, object.union({"bucket": "a"}, object.remove(_switches, [switch])))
		_denied({"objects": [_bucket, block]}) == {"aws_s3_bucket.a: ", sprintf("aws_s3_bucket_public_access_block.a: %s", [switch])}
	}
}

test_judges_by_the_block_that_is_whole if {
	whole := _block(1, object.union({"bucket": "a"}, _switches))
	open := _block(2, object.union({"bucket": "a"}, object.union(_switches, {"ignore_public_acls": plans.mark})))
	_open({"objects": [_bucket, whole, open]}) == {"aws_s3_bucket_public_access_block.a: ignore_public_acls"}
}

test_says_what_is_open if {
	_messages({"objects": [_bucket, _block(1, object.union({"bucket": plans.mark}, _switches))]}) == {"bucket of aws_s3_bucket_public_access_block.a is known after apply only"}
	open := object.union({"bucket": "a"}, object.union(_switches, {"ignore_public_acls": plans.mark}))
	_messages({"objects": [_bucket, _block(1, open)]}) == {"ignore_public_acls of aws_s3_bucket_public_access_block.a is known after apply only"}
}
