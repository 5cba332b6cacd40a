package hallmark.plan.s3_tls_only_test

import data.hallmark.plan.s3_tls_only
import data.hallmark.testing.plans

_violations(example) := plans.places(set, found) if {
	set := plans.of("s3-tls-only", example)
	found := s3_tls_only.violations with input as set
}

_unknowns(example) := plans.places(set, found) if {
	set := plans.of("s3-tls-only", example)
	found := s3_tls_only.unknowns with input as set
}

_applies(example) := plans.addresses(set, found) if {
	set := plans.of("s3-tls-only", example)
	found := s3_tls_only.applies with input as set
}

test_denies_what_breaks_the_demand if {
	_violations("fail") == {
		"aws_s3_bucket.allowed: ",
		"aws_s3_bucket.get: ",
		"aws_s3_bucket.inline: ",
		"aws_s3_bucket.narrow: ",
		"aws_s3_bucket.some: ",
		"aws_s3_bucket.without: ",
		"aws_s3_bucket_policy.allowed: policy",
		"aws_s3_bucket_policy.get: policy",
		"aws_s3_bucket_policy.narrow: policy",
		"aws_s3_bucket_policy.some: policy",
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
		"aws_s3_bucket.json: ",
		"aws_s3_bucket.who: ",
		"aws_s3_bucket_policy.json: policy",
		"aws_s3_bucket_policy.who: policy",
	}
}

test_applies_to_its_types_only if {
	_applies("fail") == {
		"aws_s3_bucket.allowed",
		"aws_s3_bucket.get",
		"aws_s3_bucket.inline",
		"aws_s3_bucket.narrow",
		"aws_s3_bucket.some",
		"aws_s3_bucket.without",
		"aws_s3_bucket_policy.allowed",
		"aws_s3_bucket_policy.get",
		"aws_s3_bucket_policy.narrow",
		"aws_s3_bucket_policy.some",
	}
	_applies("pass") == {
		"aws_s3_bucket.aws",
		"aws_s3_bucket.deferred",
		"aws_s3_bucket.denied",
		"aws_s3_bucket.inline",
		"aws_s3_bucket_policy.aws",
		"aws_s3_bucket_policy.deferred",
		"aws_s3_bucket_policy.denied",
	}
	_applies("unknown") == {
		"aws_s3_bucket.inline",
		"aws_s3_bucket.json",
		"aws_s3_bucket.who",
		"aws_s3_bucket_policy.json",
		"aws_s3_bucket_policy.who",
	}
}
