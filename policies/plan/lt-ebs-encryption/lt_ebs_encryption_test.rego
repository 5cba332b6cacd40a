package hallmark.plan.lt_ebs_encryption_test

import data.hallmark.plan.lt_ebs_encryption
import data.hallmark.testing.plans

_violations(example) := plans.places(set, found) if {
	set := plans.of("lt-ebs-encryption", example)
	found := lt_ebs_encryption.violations with input as set
}

_unknowns(example) := plans.places(set, found) if {
	set := plans.of("lt-ebs-encryption", example)
	found := lt_ebs_encryption.unknowns with input as set
}

_applies(example) := plans.addresses(set, found) if {
	set := plans.of("lt-ebs-encryption", example)
	found := lt_ebs_encryption.applies with input as set
}

test_denies_what_breaks_the_demand if {
	_violations("fail") == {
		"aws_launch_template.left_out: block_device_mappings.0.ebs.0.encrypted",
		"aws_launch_template.off: block_device_mappings.0.ebs.0.encrypted",
		"aws_launch_template.second: block_device_mappings.1.ebs.0.encrypted",
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
		"aws_launch_template.dynamic: block_device_mappings",
		"aws_launch_template.open: block_device_mappings.0.ebs.0.encrypted",
	}
}

test_applies_to_its_types_only if {
	_applies("fail") == {
		"aws_launch_template.left_out",
		"aws_launch_template.off",
		"aws_launch_template.second",
	}
	_applies("pass") == {
		"aws_launch_template.instance_store",
		"aws_launch_template.left_out",
		"aws_launch_template.off",
		"aws_launch_template.second",
	}
	_applies("unknown") == {
		"aws_launch_template.dynamic",
		"aws_launch_template.open",
	}
}

_denied(set) := plans.places(set, found) if {
	found := lt_ebs_encryption.violations with input as set
}

test_allows_a_truth_value if {
	set := plans.only("lt-ebs-encryption", "fail", "aws_launch_template.off", [{"op": "add", "path": "/values/block_device_mappings/0/ebs/0/encrypted", "value": true}])
	_denied(set) == set()
}
