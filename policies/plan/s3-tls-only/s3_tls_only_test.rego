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

_denied(set) := plans.places(set, found) if {
	found := s3_tls_only.violations with input as set
}

_open(set) := plans.places(set, found) if {
	found := s3_tls_only.unknowns with input as set
}

_denial := {
	"Effect": "Deny",
	"Principal": "*",
	"Action": "s3:*",
	"Resource": "*",
	"Condition": {"Bool": {"aws:SecureTransport": "false"}},
}

_text(changes) := json.marshal({"Statement": [object.union(_denial, changes)]})

_bucket(values) := {"id": 0, "address": "aws_s3_bucket.a", "type": "aws_s3_bucket", "exists": true, "document": 0, "documents": {}, "values": object.union({"bucket": "a"}, values)}

_policy(values) := {"id": 1, "address": "aws_s3_bucket_policy.a", "type": "aws_s3_bucket_policy", "exists": true, "document": 0, "documents": {}, "values": object.union({"bucket": "a"}, values)}

_made(statement) := object.union(_policy({"policy": plans.mark}), {"documents": {"policy": {"statement": [statement]}}})

_statement := {
	"effect": "Deny",
	"principals": [{"type": "*", "identifiers": ["*"]}],
	"actions": ["s3:*"],
	"condition": [{"test": "Bool", "variable": "aws:SecureTransport", "values": ["false"]}],
}

test_denies_a_statement_that_allows if {
	_denied({"objects": [_policy({"policy": _text({"Effect": "Allow"})})]}) == {"aws_s3_bucket_policy.a: policy"}
}

test_judges_a_bucket_by_its_own_policy_too if {
	whole := _bucket({"policy": _text({})})
	_open({"objects": [whole, _policy({"policy": plans.mark})]}) == {"aws_s3_bucket_policy.a: policy"}
	_open({"objects": [whole, object.union(_policy({"policy": _text({})}), {"values": {"bucket": plans.mark}})]}) == set()
}

test_judges_a_bucket_by_the_policy_for_it_too if {
	_open({"objects": [_bucket({"policy": plans.mark}), _policy({"policy": _text({})})]}) == set()
	_open({"objects": [_bucket({"policy": plans.mark})]}) == {"aws_s3_bucket.a: policy"}
}

test_says_what_is_open if {
	found := s3_tls_only.unknowns with input.objects as [_bucket({}), _policy({"policy": plans.mark})]
	{one.message | some one in found; one.object == 0} == {"policy of aws_s3_bucket_policy.a is known after apply only"}
	elsewhere := object.union(_policy({"policy": _text({})}), {"values": {"bucket": plans.mark}})
	linked := s3_tls_only.unknowns with input.objects as [_bucket({}), elsewhere]
	{one.message | some one in linked; one.object == 0} == {"bucket of aws_s3_bucket_policy.a is known after apply only"}
}

test_leaves_open_every_part_of_a_statement if {
	every part in [
		{"effect": plans.mark},
		{"principals": [{"type": "*", "identifiers": [plans.mark]}]},
		{"actions": [plans.mark]},
		{"condition": [{"test": "Bool", "variable": "aws:SecureTransport", "values": [plans.mark]}]},
	] {
		_open({"objects": [_made(object.union(_statement, part))]}) == {"aws_s3_bucket_policy.a: policy"}
	}
	_open({"objects": [_made(_statement)]}) == set()
}

test_leaves_open_nothing_of_what_allows if {
	set := {"objects": [_made(object.union(_statement, {"effect": "Allow", "actions": [plans.mark]}))]}
	_open(set) == set()
	_denied(set) == {"aws_s3_bucket_policy.a: policy"}
}
