package hallmark.plan.instance_ebs_encryption_test

import data.hallmark.plan.instance_ebs_encryption
import data.hallmark.testing.plans

_violations(example) := plans.places(set, found) if {
	set := plans.of("instance-ebs-encryption", example)
	found := instance_ebs_encryption.violations with input as set
}

_unknowns(example) := plans.places(set, found) if {
	set := plans.of("instance-ebs-encryption", example)
	found := instance_ebs_encryption.unknowns with input as set
}

_applies(example) := plans.addresses(set, found) if {
	set := plans.of("instance-ebs-encryption", example)
	found := instance_ebs_encryption.applies with input as set
}

test_denies_what_breaks_the_demand if {
	_violations("fail") == {
		"aws_instance.left_out: root_block_device.0.encrypted",
		"aws_instance.other: ebs_block_device.1.encrypted",
		"aws_instance.root: root_block_device.0.encrypted",
		"aws_launch_configuration.left_out: root_block_device.0.encrypted",
		"aws_launch_configuration.other: ebs_block_device.1.encrypted",
		"aws_launch_configuration.root: root_block_device.0.encrypted",
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
		"aws_instance.other: ebs_block_device.0.encrypted",
		"aws_instance.root: root_block_device.0.encrypted",
		"aws_launch_configuration.other: ebs_block_device.0.encrypted",
		"aws_launch_configuration.root: root_block_device.0.encrypted",
	}
}

test_applies_to_its_types_only if {
	_applies("fail") == {
		"aws_instance.left_out",
		"aws_instance.other",
		"aws_instance.root",
		"aws_launch_configuration.left_out",
		"aws_launch_configuration.other",
		"aws_launch_configuration.root",
	}
	_applies("pass") == {
		"aws_instance.left_out",
		"aws_instance.other",
		"aws_launch_configuration.left_out",
		"aws_launch_configuration.other",
	}
	_applies("unknown") == {
		"aws_instance.other",
		"aws_instance.root",
		"aws_launch_configuration.other",
		"aws_launch_configuration.root",
	}
}

_denied(set) := plans.places(set, found) if {
	found := instance_ebs_encryption.violations with input as set
}

_open(set) := plans.places(set, found) if {
	found := instance_ebs_encryption.unknowns with input as set
}

test_leaves_open_disks_of_which_nothing_is_known if {
	set := plans.only("instance-ebs-encryption", "pass", "aws_instance.other", [{"op": "add", "path": "/values/ebs_block_device", "value": plans.mark}])
	_open(set) == {"aws_instance.other: ebs_block_device"}
	_denied(set) == set()
}
