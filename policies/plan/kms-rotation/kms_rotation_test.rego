package hallmark.plan.kms_rotation_test

import data.hallmark.plan.kms_rotation
import data.hallmark.testing.plans

_violations(example) := plans.places(set, found) if {
	set := plans.of("kms-rotation", example)
	found := kms_rotation.violations with input as set
}

_unknowns(example) := plans.places(set, found) if {
	set := plans.of("kms-rotation", example)
	found := kms_rotation.unknowns with input as set
}

_applies(example) := plans.addresses(set, found) if {
	set := plans.of("kms-rotation", example)
	found := kms_rotation.applies with input as set
}

test_denies_what_breaks_the_demand if {
	_violations("fail") == {
		"aws_kms_key.left_out: enable_key_rotation",
		"aws_kms_key.named_symmetric: enable_key_rotation",
		"aws_kms_key.off: enable_key_rotation",
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
		"aws_kms_key.rotation: enable_key_rotation",
		"aws_kms_key.spec: customer_master_key_spec",
	}
}

test_applies_to_its_types_only if {
	_applies("fail") == {
		"aws_kms_key.left_out",
		"aws_kms_key.named_symmetric",
		"aws_kms_key.off",
	}
	_applies("pass") == {"aws_kms_key.left_out"}
	_applies("unknown") == {
		"aws_kms_key.rotation",
		"aws_kms_key.spec",
	}
}

_denied(set) := plans.places(set, found) if {
	found := kms_rotation.violations with input as set
}

_open(set) := plans.places(set, found) if {
	found := kms_rotation.unknowns with input as set
}

_key(patches) := plans.only("kms-rotation", "fail", "aws_kms_key.off", patches)

_unknown_kind := {"op": "add", "path": "/values/customer_master_key_spec", "value": plans.mark}

test_denies_what_is_not_written if {
	every argument in ["enable_key_rotation", "customer_master_key_spec"] {
		_denied(_key([{"op": "remove", "path": sprintf("/values/%s", [argument])}])) == {"aws_kms_key.off: enable_key_rotation"}
	}
}

test_leaves_open_no_kind_of_a_key_that_is_rotated if {
	_open(_key([_unknown_kind])) == {"aws_kms_key.off: customer_master_key_spec"}
	_open(_key([_unknown_kind, {"op": "add", "path": "/values/enable_key_rotation", "value": true}])) == set()
}

test_names_the_kind_before_the_rotation if {
	_open(_key([_unknown_kind, {"op": "add", "path": "/values/enable_key_rotation", "value": plans.mark}])) == {"aws_kms_key.off: customer_master_key_spec"}
}
