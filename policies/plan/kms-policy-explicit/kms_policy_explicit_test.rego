package hallmark.plan.kms_policy_explicit_test

import data.hallmark.plan.kms_policy_explicit
import data.hallmark.testing.plans

_violations(example) := plans.places(set, found) if {
	set := plans.of("kms-policy-explicit", example)
	found := kms_policy_explicit.violations with input as set
}

_unknowns(example) := plans.places(set, found) if {
	set := plans.of("kms-policy-explicit", example)
	found := kms_policy_explicit.unknowns with input as set
}

_applies(example) := plans.addresses(set, found) if {
	set := plans.of("kms-policy-explicit", example)
	found := kms_policy_explicit.applies with input as set
}

test_denies_what_breaks_the_demand if {
	_violations("fail") == {
		"aws_kms_key.empty: policy",
		"aws_kms_key.left_out: policy",
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
		"aws_kms_key.beside: ",
		"aws_kms_key.open: ",
		"aws_kms_key.open: policy",
	}
}

test_applies_to_its_types_only if {
	_applies("fail") == {
		"aws_kms_key.empty",
		"aws_kms_key.left_out",
	}
	_applies("pass") == {
		"aws_kms_key.beside",
		"aws_kms_key.deferred",
		"aws_kms_key.own",
	}
	_applies("unknown") == {
		"aws_kms_key.beside",
		"aws_kms_key.open",
	}
}

_open(set) := found if {
	found := kms_policy_explicit.unknowns with input as set
}

test_judges_a_key_by_either_policy if {
	key := {"id": 0, "address": "aws_kms_key.a", "type": "aws_kms_key", "exists": true, "document": 0, "documents": {}, "values": {"id": "a", "policy": plans.mark}}
	policy := {"id": 1, "address": "aws_kms_key_policy.a", "type": "aws_kms_key_policy", "exists": true, "document": 0, "documents": {}, "values": {"key_id": plans.mark}}
	_open({"objects": [key, object.union(policy, {"values": {"key_id": "a"}})]}) == set()
	_open({"objects": [object.union(key, {"values": {"policy": "{}"}}), policy]}) == set()
	{one.message | some one in _open({"objects": [object.remove(key, ["values"]), policy]})} == set()
	found := _open({"objects": [object.union(object.remove(key, ["values"]), {"values": {"id": "a"}}), policy]})
	{one.message | some one in found} == {"key_id of aws_kms_key_policy.a is known after apply only"}
}
