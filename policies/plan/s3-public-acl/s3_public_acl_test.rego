package hallmark.plan.s3_public_acl_test

import data.hallmark.plan.s3_public_acl
import data.hallmark.testing.plans

_violations(example) := plans.places(set, found) if {
	set := plans.of("s3-public-acl", example)
	found := s3_public_acl.violations with input as set
}

_unknowns(example) := plans.places(set, found) if {
	set := plans.of("s3-public-acl", example)
	found := s3_public_acl.unknowns with input as set
}

_applies(example) := plans.addresses(set, found) if {
	set := plans.of("s3-public-acl", example)
	found := s3_public_acl.applies with input as set
}

test_denies_what_breaks_the_demand if {
	_violations("fail") == {
		"aws_s3_bucket.all: grant.0.uri",
		"aws_s3_bucket.authenticated: acl",
		"aws_s3_bucket.read: acl",
		"aws_s3_bucket.second: grant.0.uri",
		"aws_s3_bucket.write: acl",
		"aws_s3_bucket_acl.all: access_control_policy.0.grant.0.grantee.0.uri",
		"aws_s3_bucket_acl.authenticated: acl",
		"aws_s3_bucket_acl.read: acl",
		"aws_s3_bucket_acl.second: access_control_policy.0.grant.0.grantee.0.uri",
		"aws_s3_bucket_acl.write: acl",
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
		"aws_s3_bucket.canned: acl",
		"aws_s3_bucket.grant: grant.0.uri",
		"aws_s3_bucket_acl.canned: acl",
		"aws_s3_bucket_acl.grant: access_control_policy.0.grant.0.grantee.0.uri",
	}
}

test_applies_to_its_types_only if {
	_applies("fail") == {
		"aws_s3_bucket.all",
		"aws_s3_bucket.authenticated",
		"aws_s3_bucket.read",
		"aws_s3_bucket.second",
		"aws_s3_bucket.write",
		"aws_s3_bucket_acl.all",
		"aws_s3_bucket_acl.authenticated",
		"aws_s3_bucket_acl.read",
		"aws_s3_bucket_acl.second",
		"aws_s3_bucket_acl.write",
	}
	_applies("pass") == {
		"aws_s3_bucket.left_out",
		"aws_s3_bucket.logs",
		"aws_s3_bucket.private",
		"aws_s3_bucket_acl.logs",
		"aws_s3_bucket_acl.private",
	}
	_applies("unknown") == {
		"aws_s3_bucket.canned",
		"aws_s3_bucket.grant",
		"aws_s3_bucket_acl.canned",
		"aws_s3_bucket_acl.grant",
	}
}

_open(set) := plans.places(set, found) if {
	found := s3_public_acl.unknowns with input as set
}

test_leaves_open_what_grants_there_are if {
	_open(plans.only("s3-public-acl", "pass", "aws_s3_bucket.logs", [{"op": "replace", "path": "/values/grant", "value": plans.mark}])) == {"aws_s3_bucket.logs: grant.0.uri"}
	_open(plans.only("s3-public-acl", "pass", "aws_s3_bucket_acl.logs", [{"op": "replace", "path": "/values/access_control_policy", "value": plans.mark}])) == {"aws_s3_bucket_acl.logs: access_control_policy.0.grant.0.grantee.0.uri"}
}

test_denies_a_later_grant_too if {
	second := {"op": "add", "path": "/values/grant/-", "value": {"uri": "http://acs.amazonaws.com/groups/global/AllUsers"}}
	set := plans.only("s3-public-acl", "pass", "aws_s3_bucket.logs", [second])
	count(set.objects[0].values.grant) == 3
	found := s3_public_acl.violations with input as set
	plans.places(set, found) == {"aws_s3_bucket.logs: grant.2.uri"}
}
