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

_denied(set) := plans.places(set, found) if {
	found := iam_assume_role_account.violations with input as set
}

_open(set) := plans.places(set, found) if {
	found := iam_assume_role_account.unknowns with input as set
}

_trusting(statement) := plans.only("iam-assume-role-account", "fail", "aws_iam_role.root", [plans.written("assume_role_policy", [object.union({"Effect": "Allow", "Action": "sts:AssumeRole"}, statement)])])

_deferred(principals) := plans.only("iam-assume-role-account", "fail", "aws_iam_role.root", plans.deferred("assume_role_policy", [{"actions": ["sts:AssumeRole"], "principals": principals}]))

test_allows_the_root_as_no_principal_of_aws if {
	_denied(_trusting({"Principal": {"Federated": "arn:aws:iam::123456789012:root"}})) == set()
}

test_leaves_open_one_of_several_principals if {
	_open(_deferred([{"type": "AWS", "identifiers": ["arn:aws:iam::123456789012:role/it", plans.mark]}])) == {"aws_iam_role.root: assume_role_policy"}
}

test_leaves_open_no_principal_of_another_type if {
	every type in ["Service", "Federated", "CanonicalUser"] {
		_open(_deferred([{"type": type, "identifiers": [plans.mark]}])) == set()
	}
}
