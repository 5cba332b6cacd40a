package hallmark.plan.iam_github_oidc_trust_test

import data.hallmark.plan.iam_github_oidc_trust
import data.hallmark.testing.plans

_violations(example) := plans.places(set, found) if {
	set := plans.of("iam-github-oidc-trust", example)
	found := iam_github_oidc_trust.violations with input as set
}

_unknowns(example) := plans.places(set, found) if {
	set := plans.of("iam-github-oidc-trust", example)
	found := iam_github_oidc_trust.unknowns with input as set
}

_applies(example) := plans.addresses(set, found) if {
	set := plans.of("iam-github-oidc-trust", example)
	found := iam_github_oidc_trust.applies with input as set
}

test_denies_deferred if {
	_violations("fail-deferred") == {
		"aws_iam_role.no_sub: assume_role_policy",
		"aws_iam_role.star: assume_role_policy",
	}
	_unknowns("fail-deferred") == set()
}

test_denies_what_breaks_the_demand if {
	_violations("fail") == {
		"aws_iam_role.claim: assume_role_policy",
		"aws_iam_role.every_repository: assume_role_policy",
		"aws_iam_role.if_exists: assume_role_policy",
		"aws_iam_role.negated: assume_role_policy",
		"aws_iam_role.no_aud: assume_role_policy",
		"aws_iam_role.no_sub: assume_role_policy",
		"aws_iam_role.nothing: assume_role_policy",
		"aws_iam_role.owner: assume_role_policy",
		"aws_iam_role.second: assume_role_policy",
		"aws_iam_role.star: assume_role_policy",
		"aws_iam_role.wide_aud: assume_role_policy",
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
		"aws_iam_role.json: assume_role_policy",
		"aws_iam_role.provider: assume_role_policy",
		"aws_iam_role.sub: assume_role_policy",
	}
}

test_applies_to_its_types_only if {
	_applies("fail-deferred") == {
		"aws_iam_role.no_sub",
		"aws_iam_role.star",
	}
	_applies("fail") == {
		"aws_iam_role.claim",
		"aws_iam_role.every_repository",
		"aws_iam_role.if_exists",
		"aws_iam_role.negated",
		"aws_iam_role.no_aud",
		"aws_iam_role.no_sub",
		"aws_iam_role.nothing",
		"aws_iam_role.owner",
		"aws_iam_role.second",
		"aws_iam_role.star",
		"aws_iam_role.wide_aud",
	}
	_applies("pass-deferred") == {"aws_iam_role.no_sub"}
	_applies("pass") == {
		"aws_iam_role.claim",
		"aws_iam_role.no_aud",
		"aws_iam_role.no_sub",
		"aws_iam_role.nothing",
		"aws_iam_role.other",
		"aws_iam_role.star",
	}
	_applies("unknown") == {
		"aws_iam_role.json",
		"aws_iam_role.provider",
		"aws_iam_role.sub",
	}
}

_denied(set) := plans.places(set, found) if {
	found := iam_github_oidc_trust.violations with input as set
}

_open(set) := plans.places(set, found) if {
	found := iam_github_oidc_trust.unknowns with input as set
}

_issuer := "token.actions.githubusercontent.com"

_provider := sprintf("arn:aws:iam::123456789012:oidc-provider/%s", [_issuer])

_conditions := {"StringEquals": {sprintf("%s:aud", [_issuer]): "sts.amazonaws.com", sprintf("%s:sub", [_issuer]): "repo:a/b:ref:refs/heads/main"}}

_trusting(statement) := plans.only("iam-github-oidc-trust", "fail", "aws_iam_role.no_sub", [plans.written("assume_role_policy", [object.union({"Effect": "Allow", "Action": "sts:AssumeRoleWithWebIdentity"}, statement)])])

_deferred(principals, conditions) := plans.only("iam-github-oidc-trust", "fail", "aws_iam_role.no_sub", plans.deferred("assume_role_policy", [{"principals": principals, "condition": conditions}]))

_known := {"type": "Federated", "identifiers": [_provider]}

_made := {"type": "Federated", "identifiers": [plans.mark]}

_condition(claim, values) := {"test": "StringEquals", "variable": sprintf("%s:%s", [_issuer, claim]), "values": values}

_aud := _condition("aud", ["sts.amazonaws.com"])

_sub := _condition("sub", ["repo:a/b:ref:refs/heads/main"])

_place := "aws_iam_role.no_sub: assume_role_policy"

test_denies_github_among_several_principals if {
	_denied(_trusting({"Principal": {"Federated": _provider, "Service": "ec2.amazonaws.com"}})) == {_place}
	_denied(_trusting({"Principal": {"Federated": _provider}, "Condition": _conditions})) == set()
}

test_allows_the_issuer_as_another_principal if {
	_denied(_trusting({"Principal": {"Service": _issuer}})) == set()
	_denied(_trusting({"Principal": {"AWS": "123456789012"}, "Condition": {"StringEquals": {sprintf("%s:aud", [_issuer]): "*"}}})) == set()
}

test_denies_a_claim_of_another_issuer if {
	_denied(_trusting({"Principal": {"Federated": _provider}, "Condition": {"StringEquals": {"example.org:aud": "a", "example.org:sub": "repo:a/b:c"}}})) == {_place}
}

test_denies_a_condition_without_values if {
	set := _deferred([_known], [_aud, _condition("sub", [])])
	_denied(set) == {_place}
}

test_knows_a_provider_that_is_made_later_by_the_claims if {
	_denied(_deferred([_made], [_aud])) == {_place}
	_open(_deferred([_made], [_aud, _sub])) == set()
	others := _deferred([_made], [{"test": "StringEquals", "variable": "example.org:aud", "values": ["a"]}])
	_denied(others) == set()
	_open(others) == {_place}
}

test_leaves_open_a_provider_among_several_principals if {
	_open(_deferred([_made, {"type": "Service", "identifiers": ["ec2.amazonaws.com"]}], [])) == {_place}
}

test_leaves_open_no_principal_that_cannot_be_github if {
	every type in ["Service", "AWS", "CanonicalUser"] {
		set := _deferred([{"type": type, "identifiers": [plans.mark]}], [_condition("aud", [])])
		_open(set) == set()
		_denied(set) == set()
	}
}

test_leaves_open_either_claim if {
	_open(_deferred([_known], [_condition("aud", [plans.mark]), _sub])) == {_place}
	_open(_deferred([_known], [_aud, _condition("sub", [plans.mark])])) == {_place}
	narrow := _deferred([_known], [_aud, _condition("sub", ["repo:a/b:ref:refs/heads/main", plans.mark])])
	_open(narrow) == {_place}
	_denied(narrow) == set()
}

test_denies_a_known_value_that_is_too_wide_beside_an_open_one if {
	wide := _deferred([_known], [_aud, _condition("sub", ["repo:*", plans.mark])])
	_denied(wide) == {_place}
	_open(wide) == set()
}

# Its variable is known, and is about another claim; it isn't looked at so closely.
test_leaves_open_a_claim_while_any_condition_is_open if {
	set := _deferred([_known], [_condition("aud", ["*", plans.mark])])
	_open(set) == {_place}
	_denied(set) == {_place}
}
