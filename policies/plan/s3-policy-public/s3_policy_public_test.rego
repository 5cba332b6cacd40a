package hallmark.plan.s3_policy_public_test

import data.hallmark.plan.s3_policy_public
import data.hallmark.testing.plans

_violations(example) := plans.places(set, found) if {
	set := plans.of("s3-policy-public", example)
	found := s3_policy_public.violations with input as set
}

_unknowns(example) := plans.places(set, found) if {
	set := plans.of("s3-policy-public", example)
	found := s3_policy_public.unknowns with input as set
}

_applies(example) := plans.addresses(set, found) if {
	set := plans.of("s3-policy-public", example)
	found := s3_policy_public.applies with input as set
}

test_denies_what_breaks_the_demand if {
	_violations("fail") == {
		"aws_s3_bucket.inline: policy",
		"aws_s3_bucket_policy.aws: policy",
		"aws_s3_bucket_policy.deferred: policy",
		"aws_s3_bucket_policy.star: policy",
		"aws_s3_bucket_policy.tls: policy",
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
		"aws_s3_bucket.inline: policy",
		"aws_s3_bucket_policy.condition: policy",
		"aws_s3_bucket_policy.json: policy",
	}
}

test_applies_to_its_types_only if {
	_applies("fail") == {
		"aws_s3_bucket.inline",
		"aws_s3_bucket.made",
		"aws_s3_bucket_policy.aws",
		"aws_s3_bucket_policy.deferred",
		"aws_s3_bucket_policy.star",
		"aws_s3_bucket_policy.tls",
	}
	_applies("pass") == {
		"aws_s3_bucket.inline",
		"aws_s3_bucket.left_out",
		"aws_s3_bucket_policy.account",
		"aws_s3_bucket_policy.denied",
		"aws_s3_bucket_policy.organization",
	}
	_applies("unknown") == {
		"aws_s3_bucket.inline",
		"aws_s3_bucket.made",
		"aws_s3_bucket_policy.condition",
		"aws_s3_bucket_policy.json",
	}
}

test_allows_a_bucket_whose_state_has_an_empty_policy if {
	set := plans.only("s3-policy-public", "pass", "aws_s3_bucket.left_out", [{"op": "add", "path": "/values/policy", "value": ""}])
	open := s3_policy_public.unknowns with input as set
	count(open) == 0
}
