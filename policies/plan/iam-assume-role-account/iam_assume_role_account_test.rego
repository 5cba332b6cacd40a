package hallmark.plan.iam_assume_role_account_test

import data.hallmark.plan.iam_assume_role_account
import data.hallmark.testing.plans

_violations(example) := plans.places(set, found) if {
	set := plans.of("iam-assume-role-account", example)
	found := iam_assume_role_account.violations with input as set
}

_unknowns(example) := plans.places(set, found) if {
	set := plans.of("iam-assume-role-account", example)
	found := iam_assume_role_account.unknowns with input as set
}

_applies(example) := plans.addresses(set, found) if {
	set := plans.of("iam-assume-role-account", example)
	found := iam_assume_role_account.applies with input as set
}

test_denies_what_breaks_the_demand if {
	_violations("fail") == {
		"aws_iam_role.china: assume_role_policy",
		"aws_iam_role.deferred: assume_role_policy",
		"aws_iam_role.number: assume_role_policy",
		"aws_iam_role.root: assume_role_policy",
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
		"aws_iam_role.china",
		"aws_iam_role.deferred",
		"aws_iam_role.number",
		"aws_iam_role.root",
	}
	_applies("pass") == {
		"aws_iam_role.china",
		"aws_iam_role.federated",
		"aws_iam_role.number",
		"aws_iam_role.root",
	}
	_applies("unknown") == {
		"aws_iam_role.deferred",
		"aws_iam_role.json",
	}
}
