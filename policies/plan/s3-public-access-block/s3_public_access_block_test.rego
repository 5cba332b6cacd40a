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
