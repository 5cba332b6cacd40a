package hallmark.plan.iam_oidc_sub_exact_test

import data.hallmark.plan.iam_oidc_sub_exact
import data.hallmark.testing.plans

_violations(example) := plans.places(set, found) if {
	set := plans.of("iam-oidc-sub-exact", example)
	found := iam_oidc_sub_exact.violations with input as set
}

_unknowns(example) := plans.places(set, found) if {
	set := plans.of("iam-oidc-sub-exact", example)
	found := iam_oidc_sub_exact.unknowns with input as set
}

_applies(example) := plans.addresses(set, found) if {
	set := plans.of("iam-oidc-sub-exact", example)
	found := iam_oidc_sub_exact.applies with input as set
}

test_denies_deferred if {
	_violations("fail-deferred") == {
		"aws_iam_role.pattern: assume_role_policy",
		"aws_iam_role.wide: assume_role_policy",
	}
	_unknowns("fail-deferred") == set()
}

test_denies_what_breaks_the_demand if {
	_violations("fail") == {
		"aws_iam_role.claim: assume_role_policy",
		"aws_iam_role.if_exists: assume_role_policy",
		"aws_iam_role.loose: assume_role_policy",
		"aws_iam_role.missing: assume_role_policy",
		"aws_iam_role.pattern: assume_role_policy",
		"aws_iam_role.repository: assume_role_policy",
		"aws_iam_role.second: assume_role_policy",
		"aws_iam_role.star: assume_role_policy",
		"aws_iam_role.wildcard: assume_role_policy",
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
		"aws_iam_role.json: assume_role_policy",
		"aws_iam_role.sub: assume_role_policy",
	}
}

test_applies_to_its_types_only if {
	_applies("fail-deferred") == {
		"aws_iam_role.pattern",
		"aws_iam_role.wide",
	}
	_applies("fail") == {
		"aws_iam_role.claim",
		"aws_iam_role.if_exists",
		"aws_iam_role.loose",
		"aws_iam_role.missing",
		"aws_iam_role.pattern",
		"aws_iam_role.repository",
		"aws_iam_role.second",
		"aws_iam_role.star",
		"aws_iam_role.wildcard",
	}
	_applies("pass") == {
		"aws_iam_role.denied",
		"aws_iam_role.ids",
		"aws_iam_role.one",
		"aws_iam_role.service",
	}
	_applies("unknown") == {
		"aws_iam_role.json",
		"aws_iam_role.sub",
	}
}

_denied(set) := plans.places(set, found) if {
	found := iam_oidc_sub_exact.violations with input as set
}

_open(set) := plans.places(set, found) if {
	found := iam_oidc_sub_exact.unknowns with input as set
}

_principal := {"type": "Federated", "identifiers": ["arn:aws:iam::123456789012:oidc-provider/token.actions.githubusercontent.com"]}

_deferred(conditions) := plans.only("iam-oidc-sub-exact", "pass", "aws_iam_role.one", plans.deferred("assume_role_policy", [{"principals": [_principal], "condition": conditions}]))

_place := "aws_iam_role.one: assume_role_policy"

_exact := "repo:it/it:environment:production"

_sub(changes) := object.union({"test": "StringEquals", "variable": "token.actions.githubusercontent.com:sub", "values": [_exact]}, changes)

_aud := _sub({"variable": "token.actions.githubusercontent.com:aud", "values": ["sts.amazonaws.com"]})

test_allows_an_exact_name_whatever_the_case_of_its_key if {
	_denied(_deferred([_aud, _sub({"variable": "Token.actions.githubusercontent.com:SUB"})])) == set()
	_denied(_deferred([_aud, _sub({"values": ["repo:it/it:ref:refs/heads/main"]})])) == set()
}

test_denies_what_is_about_something_else if {
	_denied(_deferred([_aud, _sub({"values": []})])) == {_place}
	others := _deferred([_aud, _sub({"variable": "token.actions.githubusercontent.com:context"})])
	_denied(others) == {_place}
	_open(others) == set()
	_denied(_deferred([_sub({"variable": "token.actions.githubusercontent.com:aud", "values": [plans.mark]})])) == {_place}
}

test_denies_an_open_condition_that_is_wrong_already if {
	_denied(_deferred([_sub({"test": "StringLike", "values": [plans.mark]})])) == {_place}
	_denied(_deferred([_sub({"values": ["repo:it/*:ref", plans.mark]})])) == {_place}
}

test_leaves_open_every_part_of_a_condition if {
	every part in [{"test": plans.mark}, {"variable": plans.mark}, {"values": [plans.mark]}, {"values": [_exact, plans.mark]}, {"values": plans.mark}] {
		set := _deferred([_aud, _sub(part)])
		_open(set) == {_place}
		_denied(set) == set()
	}
	_open(_deferred([_aud, plans.mark])) == {_place}
}
