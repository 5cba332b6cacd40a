package hallmark.plan.iam_full_access_test

import data.hallmark.plan.iam_full_access
import data.hallmark.testing.plans

_violations(example) := plans.places(set, found) if {
	set := plans.of("iam-full-access", example)
	found := iam_full_access.violations with input as set
}

_unknowns(example) := plans.places(set, found) if {
	set := plans.of("iam-full-access", example)
	found := iam_full_access.unknowns with input as set
}

_applies(example) := plans.addresses(set, found) if {
	set := plans.of("iam-full-access", example)
	found := iam_full_access.applies with input as set
}

test_denies_deferred if {
	_violations("fail-deferred") == {"aws_iam_policy.data: policy"}
	_unknowns("fail-deferred") == set()
}

test_denies_what_breaks_the_demand if {
	_violations("fail") == {
		"aws_iam_group_policy.it: policy",
		"aws_iam_policy.data: policy",
		"aws_iam_policy.heredoc: policy",
		"aws_iam_policy.json: policy",
		"aws_iam_role.inline: inline_policy.0.policy",
		"aws_iam_role_policy.it: policy",
		"aws_iam_user_policy.it: policy",
	}
	_unknowns("fail") == set()
}

test_allows_deferred if {
	_violations("pass-deferred") == set()
	_unknowns("pass-deferred") == set()
}

test_allows_what_is_as_it_should_be if {
	_violations("pass") == set()
	_unknowns("pass") == set()
}

test_leaves_open_what_is_known_after_apply_only if {
	_violations("unknown") == set()
	_unknowns("unknown") == {
		"aws_iam_policy.chosen: policy",
		"aws_iam_policy.dynamic: policy",
		"aws_iam_policy.json: policy",
		"aws_iam_role.inline: inline_policy.0.policy",
	}
}

test_applies_to_its_types_only if {
	_applies("fail-deferred") == {"aws_iam_policy.data"}
	_applies("fail") == {
		"aws_iam_group_policy.it",
		"aws_iam_policy.data",
		"aws_iam_policy.heredoc",
		"aws_iam_policy.json",
		"aws_iam_role.inline",
		"aws_iam_role_policy.it",
		"aws_iam_user_policy.it",
	}
	_applies("pass-deferred") == {
		"aws_iam_policy.data",
		"aws_iam_policy.denied",
	}
	_applies("pass") == {
		"aws_iam_group_policy.it",
		"aws_iam_policy.data",
		"aws_iam_policy.denied",
		"aws_iam_policy.heredoc",
		"aws_iam_policy.json",
		"aws_iam_role.inline",
		"aws_iam_role_policy.it",
		"aws_iam_user_policy.it",
	}
	_applies("unknown") == {
		"aws_iam_policy.chosen",
		"aws_iam_policy.dynamic",
		"aws_iam_policy.json",
		"aws_iam_role.inline",
	}
}

_denied(set) := plans.places(set, found) if {
	found := iam_full_access.violations with input as set
}

test_allows_all_of_iam_on_one_role if {
	statement := {"Effect": "Allow", "Action": "iam:*", "Resource": "arn:aws:iam::123456789012:role/it"}
	_denied(plans.only("iam-full-access", "fail", "aws_iam_policy.json", [plans.written("policy", [statement])])) == set()
}
