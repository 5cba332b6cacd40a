package hallmark.plan.kms_policy_wildcard_test

import data.hallmark.plan.kms_policy_wildcard
import data.hallmark.testing.plans

_violations(example) := plans.places(set, found) if {
	set := plans.of("kms-policy-wildcard", example)
	found := kms_policy_wildcard.violations with input as set
}

_unknowns(example) := plans.places(set, found) if {
	set := plans.of("kms-policy-wildcard", example)
	found := kms_policy_wildcard.unknowns with input as set
}

_applies(example) := plans.addresses(set, found) if {
	set := plans.of("kms-policy-wildcard", example)
	found := kms_policy_wildcard.applies with input as set
}

test_denies_what_breaks_the_demand if {
	_violations("fail") == {
		"aws_kms_key.aws: policy",
		"aws_kms_key.deferred: policy",
		"aws_kms_key.star: policy",
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
		"aws_kms_key.condition: policy",
		"aws_kms_key.deferred: policy",
		"aws_kms_key.json: policy",
	}
}

test_applies_to_its_types_only if {
	_applies("fail") == {
		"aws_kms_key.aws",
		"aws_kms_key.deferred",
		"aws_kms_key.star",
	}
	_applies("pass") == {
		"aws_kms_key.aws",
		"aws_kms_key.denied",
		"aws_kms_key.made",
		"aws_kms_key.star",
	}
	_applies("unknown") == {
		"aws_kms_key.condition",
		"aws_kms_key.deferred",
		"aws_kms_key.json",
	}
}

_denied(set) := plans.places(set, found) if {
	found := kms_policy_wildcard.violations with input as set
}

_open(set) := plans.places(set, found) if {
	found := kms_policy_wildcard.unknowns with input as set
}

test_leaves_open_one_of_several_conditions if {
	known := {"test": "StringEquals", "variable": "aws:PrincipalOrgID", "values": ["o-1"]}
	open := object.union(known, {"variable": plans.mark})
	set := plans.only("kms-policy-wildcard", "fail", "aws_kms_key.star", plans.deferred("policy", [{"principals": [{"type": "*", "identifiers": ["*"]}], "condition": [known, open]}]))
	_open(set) == {"aws_kms_key.star: policy"}
	_denied(set) == set()
}
