package hallmark.plan.iam_star_resource_test

import data.hallmark.plan.iam_star_resource
import data.hallmark.testing.plans

_violations(example) := plans.places(set, found) if {
	set := plans.of("iam-star-resource", example)
	found := iam_star_resource.violations with input as set
}

_unknowns(example) := plans.places(set, found) if {
	set := plans.of("iam-star-resource", example)
	found := iam_star_resource.unknowns with input as set
}

_applies(example) := plans.addresses(set, found) if {
	set := plans.of("iam-star-resource", example)
	found := iam_star_resource.applies with input as set
}

test_denies_deferred if {
	_violations("fail-deferred") == {"aws_iam_policy.star: policy"}
	_unknowns("fail-deferred") == set()
}

test_denies_what_breaks_the_demand if {
	_violations("fail") == {
		"aws_iam_group_policy.it: policy",
		"aws_iam_policy.except: policy",
		"aws_iam_policy.list: policy",
		"aws_iam_policy.one: policy",
		"aws_iam_policy.wildcard: policy",
		"aws_iam_role.it: inline_policy.0.policy",
		"aws_iam_role_policy.it: policy",
		"aws_iam_user_policy.it: policy",
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
		"aws_iam_policy.chosen: policy",
		"aws_iam_policy.json: policy",
		"aws_iam_policy.where: policy",
	}
}

test_applies_to_its_types_only if {
	_applies("fail-deferred") == {"aws_iam_policy.star"}
	_applies("fail") == {
		"aws_iam_group_policy.it",
		"aws_iam_policy.except",
		"aws_iam_policy.list",
		"aws_iam_policy.one",
		"aws_iam_policy.wildcard",
		"aws_iam_role.it",
		"aws_iam_role_policy.it",
		"aws_iam_user_policy.it",
	}
	_applies("pass") == {
		"aws_iam_group_policy.it",
		"aws_iam_policy.except",
		"aws_iam_policy.list",
		"aws_iam_policy.one",
		"aws_iam_policy.wildcard",
		"aws_iam_role.it",
		"aws_iam_role_policy.it",
		"aws_iam_user_policy.it",
	}
	_applies("unknown") == {
		"aws_iam_policy.chosen",
		"aws_iam_policy.json",
		"aws_iam_policy.where",
	}
}
