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
