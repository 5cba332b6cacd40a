package hallmark.plan.sqs_policy_public_test

import data.hallmark.plan.sqs_policy_public
import data.hallmark.testing.plans

_violations(example) := plans.places(set, found) if {
	set := plans.of("sqs-policy-public", example)
	found := sqs_policy_public.violations with input as set
}

_unknowns(example) := plans.places(set, found) if {
	set := plans.of("sqs-policy-public", example)
	found := sqs_policy_public.unknowns with input as set
}

_applies(example) := plans.addresses(set, found) if {
	set := plans.of("sqs-policy-public", example)
	found := sqs_policy_public.applies with input as set
}

test_denies_what_breaks_the_demand if {
	_violations("fail") == {
		"aws_sqs_queue.aws: policy",
		"aws_sqs_queue.deferred: policy",
		"aws_sqs_queue.star: policy",
		"aws_sqs_queue_policy.aws: policy",
		"aws_sqs_queue_policy.deferred: policy",
		"aws_sqs_queue_policy.star: policy",
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
		"aws_sqs_queue.condition: policy",
		"aws_sqs_queue.deferred: policy",
		"aws_sqs_queue.json: policy",
		"aws_sqs_queue_policy.condition: policy",
		"aws_sqs_queue_policy.deferred: policy",
		"aws_sqs_queue_policy.json: policy",
	}
}

test_applies_to_its_types_only if {
	_applies("fail") == {
		"aws_sqs_queue.aws",
		"aws_sqs_queue.deferred",
		"aws_sqs_queue.star",
		"aws_sqs_queue_policy.aws",
		"aws_sqs_queue_policy.deferred",
		"aws_sqs_queue_policy.star",
	}
	_applies("pass") == {
		"aws_sqs_queue.aws",
		"aws_sqs_queue.denied",
		"aws_sqs_queue.made",
		"aws_sqs_queue.star",
		"aws_sqs_queue_policy.aws",
		"aws_sqs_queue_policy.denied",
		"aws_sqs_queue_policy.made",
		"aws_sqs_queue_policy.star",
	}
	_applies("unknown") == {
		"aws_sqs_queue.condition",
		"aws_sqs_queue.deferred",
		"aws_sqs_queue.json",
		"aws_sqs_queue_policy.condition",
		"aws_sqs_queue_policy.deferred",
		"aws_sqs_queue_policy.json",
	}
}

_denied(set) := plans.places(set, found) if {
	found := sqs_policy_public.violations with input as set
}

_open(set) := plans.places(set, found) if {
	found := sqs_policy_public.unknowns with input as set
}

test_leaves_open_one_of_several_conditions if {
	known := {"test": "StringEquals", "variable": "aws:PrincipalOrgID", "values": ["o-1"]}
	open := object.union(known, {"variable": plans.mark})
	set := plans.only("sqs-policy-public", "fail", "aws_sqs_queue.star", plans.deferred("policy", [{"principals": [{"type": "*", "identifiers": ["*"]}], "condition": [known, open]}]))
	_open(set) == {"aws_sqs_queue.star: policy"}
	_denied(set) == set()
}
