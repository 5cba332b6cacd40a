package hallmark.plan.sqs_policy_star_action_test

import data.hallmark.plan.sqs_policy_star_action
import data.hallmark.testing.plans

_violations(example) := plans.places(set, found) if {
	set := plans.of("sqs-policy-star-action", example)
	found := sqs_policy_star_action.violations with input as set
}

_unknowns(example) := plans.places(set, found) if {
	set := plans.of("sqs-policy-star-action", example)
	found := sqs_policy_star_action.unknowns with input as set
}

_applies(example) := plans.addresses(set, found) if {
	set := plans.of("sqs-policy-star-action", example)
	found := sqs_policy_star_action.applies with input as set
}

test_denies_what_breaks_the_demand if {
	_violations("fail") == {
		"aws_sqs_queue_policy.all: policy",
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
		"aws_sqs_queue_policy.deferred: policy",
		"aws_sqs_queue_policy.json: policy",
	}
}

test_applies_to_its_types_only if {
	_applies("fail") == {
		"aws_sqs_queue_policy.all",
		"aws_sqs_queue_policy.deferred",
		"aws_sqs_queue_policy.star",
	}
	_applies("pass") == {
		"aws_sqs_queue_policy.all",
		"aws_sqs_queue_policy.deferred",
		"aws_sqs_queue_policy.star",
	}
	_applies("unknown") == {
		"aws_sqs_queue_policy.deferred",
		"aws_sqs_queue_policy.json",
	}
}
