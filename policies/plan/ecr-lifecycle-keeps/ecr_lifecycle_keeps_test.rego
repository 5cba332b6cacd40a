package hallmark.plan.ecr_lifecycle_keeps_test

import data.hallmark.plan.ecr_lifecycle_keeps
import data.hallmark.testing.plans

_violations(example) := plans.places(set, found) if {
	set := plans.of("ecr-lifecycle-keeps", example)
	found := ecr_lifecycle_keeps.violations with input as set
}

_unknowns(example) := plans.places(set, found) if {
	set := plans.of("ecr-lifecycle-keeps", example)
	found := ecr_lifecycle_keeps.unknowns with input as set
}

_applies(example) := plans.addresses(set, found) if {
	set := plans.of("ecr-lifecycle-keeps", example)
	found := ecr_lifecycle_keeps.applies with input as set
}

test_denies_what_breaks_the_demand if {
	_violations("fail") == {
		"aws_ecr_lifecycle_policy.any: policy",
		"aws_ecr_lifecycle_policy.every: policy",
		"aws_ecr_lifecycle_policy.second: policy",
	}
	_unknowns("fail") == set()
}

test_allows_what_is_as_it_should_be if {
	_violations("pass") == set()
	_unknowns("pass") == set()
}

test_leaves_open_what_is_known_after_apply_only if {
	_violations("unknown") == set()
	_unknowns("unknown") == {"aws_ecr_lifecycle_policy.open: policy"}
}

test_applies_to_its_types_only if {
	_applies("fail") == {
		"aws_ecr_lifecycle_policy.any",
		"aws_ecr_lifecycle_policy.every",
		"aws_ecr_lifecycle_policy.second",
	}
	_applies("pass") == {
		"aws_ecr_lifecycle_policy.pattern",
		"aws_ecr_lifecycle_policy.prefix",
		"aws_ecr_lifecycle_policy.untagged",
	}
	_applies("unknown") == {"aws_ecr_lifecycle_policy.open"}
}

_denied(set) := plans.places(set, found) if {
	found := ecr_lifecycle_keeps.violations with input as set
}

_open(set) := plans.places(set, found) if {
	found := ecr_lifecycle_keeps.unknowns with input as set
}

_policy(text) := plans.only("ecr-lifecycle-keeps", "pass", "aws_ecr_lifecycle_policy.prefix", [{"op": "replace", "path": "/values/policy", "value": text}])

_selecting(selection) := _policy(json.marshal({"rules": [{"selection": {"tagStatus": "untagged"}}, {"selection": selection}]}))

_place := "aws_ecr_lifecycle_policy.prefix: policy"

test_denies_what_does_not_say_which_tags if {
	every selection in [
		{},
		{"tagStatus": "tagged"},
		{"tagStatus": "tagged", "tagPrefixList": []},
		{"tagStatus": "tagged", "tagPrefixList": "ephemeral-"},
		{"tagStatus": "tagged", "tagPrefixList": [1]},
		{"tagStatus": "tagged", "more": ["ephemeral-"]},
		{"tagStatus": "any", "tagPrefixList": ["ephemeral-"]},
	] {
		_denied(_selecting(selection)) == {_place}
	}
	_denied(_selecting({"tagStatus": "tagged", "tagPrefixList": ["ephemeral-", "ephemeral-2"]})) == set()
}

test_allows_any_tag_that_may_expire if {
	set := _selecting({"tagStatus": "tagged", "tagPrefixList": ["pr-", "ephemeral-"]})
	found := ecr_lifecycle_keeps.violations with input as set with data.parameters.expiring_image_tags as ["ephemeral-", "pr-"]
	found == set()
}

test_leaves_open_what_is_no_policy if {
	every text in ["", "{", "[]", `{"rules": 1}`, `{"rules": [{"selection": {"tagStatus": "any"}}, {}]}`] {
		set := _policy(text)
		_open(set) == {_place}
		_denied(set) == set()
		found := ecr_lifecycle_keeps.unknowns with input as set
		{one.message | some one in found} == {"is no lifecycle policy that can be read"}
	}
}

test_says_what_is_open if {
	set := plans.of("ecr-lifecycle-keeps", "unknown")
	found := ecr_lifecycle_keeps.unknowns with input as set
	{one.message | some one in found} == {"policy of aws_ecr_lifecycle_policy.open is known after apply only: it depends on terraform_data.chosen.output"}
}
