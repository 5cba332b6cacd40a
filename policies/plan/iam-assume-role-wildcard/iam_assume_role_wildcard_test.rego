package hallmark.plan.iam_assume_role_wildcard_test

import data.hallmark.plan.iam_assume_role_wildcard
import data.hallmark.testing.plans

_violations(example) := plans.places(set, found) if {
	set := plans.of("iam-assume-role-wildcard", example)
	found := iam_assume_role_wildcard.violations with input as set
}

_unknowns(example) := plans.places(set, found) if {
	set := plans.of("iam-assume-role-wildcard", example)
	found := iam_assume_role_wildcard.unknowns with input as set
}

_applies(example) := plans.addresses(set, found) if {
	set := plans.of("iam-assume-role-wildcard", example)
	found := iam_assume_role_wildcard.applies with input as set
}

test_denies_what_breaks_the_demand if {
	_violations("fail") == {
		"aws_iam_role.aws: assume_role_policy",
		"aws_iam_role.condition: assume_role_policy",
		"aws_iam_role.deferred: assume_role_policy",
		"aws_iam_role.star: assume_role_policy",
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
		"aws_iam_role.deferred: assume_role_policy",
		"aws_iam_role.json: assume_role_policy",
	}
}

test_applies_to_its_types_only if {
	_applies("fail") == {
		"aws_iam_role.aws",
		"aws_iam_role.condition",
		"aws_iam_role.deferred",
		"aws_iam_role.star",
	}
	_applies("pass") == {
		"aws_iam_role.aws",
		"aws_iam_role.denied",
		"aws_iam_role.made",
		"aws_iam_role.star",
	}
	_applies("unknown") == {
		"aws_iam_role.deferred",
		"aws_iam_role.json",
	}
}
