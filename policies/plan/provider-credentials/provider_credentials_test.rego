package hallmark.plan.provider_credentials_test

import data.hallmark.plan.provider_credentials
import data.hallmark.testing.plans

_violations(example) := plans.places(set, found) if {
	set := plans.of("provider-credentials", example)
	found := provider_credentials.violations with input as set
}

_unknowns(example) := plans.places(set, found) if {
	set := plans.of("provider-credentials", example)
	found := provider_credentials.unknowns with input as set
}

_applies(example) := plans.addresses(set, found) if {
	set := plans.of("provider-credentials", example)
	found := provider_credentials.applies with input as set
}

test_denies_what_breaks_the_demand if {
	_violations("fail") == {
		"provider.aws.access: access_key",
		"provider.aws.secret: secret_key",
		"provider.aws.session: token",
		"provider.aws: access_key",
		"provider.aws: secret_key",
	}
	_unknowns("fail") == set()
}

test_allows_what_is_as_it_should_be if {
	_violations("pass") == set()
	_unknowns("pass") == set()
}

test_applies_to_its_types_only if {
	_applies("fail") == {
		"provider.aws",
		"provider.aws.access",
		"provider.aws.secret",
		"provider.aws.session",
	}
	_applies("pass") == {
		"provider.aws",
		"provider.aws.empty",
		"provider.aws.variable",
	}
}

test_applies_to_no_other_provider if {
	set := plans.only("provider-credentials", "fail", "provider.aws", [{"op": "replace", "path": "/name", "value": "alicloud"}])
	_judged(set) == set()
	_denied(set) == set()
}

_judged(set) := found if {
	found := provider_credentials.applies with input as set
}

_denied(set) := found if {
	found := provider_credentials.violations with input as set
}
