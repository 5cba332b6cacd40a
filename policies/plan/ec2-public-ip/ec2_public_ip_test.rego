package hallmark.plan.ec2_public_ip_test

import data.hallmark.plan.ec2_public_ip
import data.hallmark.testing.plans

_violations(example) := plans.places(set, found) if {
	set := plans.of("ec2-public-ip", example)
	found := ec2_public_ip.violations with input as set
}

_unknowns(example) := plans.places(set, found) if {
	set := plans.of("ec2-public-ip", example)
	found := ec2_public_ip.unknowns with input as set
}

_applies(example) := plans.addresses(set, found) if {
	set := plans.of("ec2-public-ip", example)
	found := ec2_public_ip.applies with input as set
}

test_denies_what_breaks_the_demand if {
	_violations("fail") == {
		"aws_instance.on: associate_public_ip_address",
		"aws_launch_configuration.on: associate_public_ip_address",
		"aws_launch_template.on: network_interfaces.0.associate_public_ip_address",
		"aws_launch_template.second: network_interfaces.1.associate_public_ip_address",
		"aws_launch_template.text: network_interfaces.0.associate_public_ip_address",
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
		"aws_instance.open: associate_public_ip_address",
		"aws_launch_configuration.open: associate_public_ip_address",
		"aws_launch_template.dynamic: network_interfaces",
		"aws_launch_template.open: network_interfaces.0.associate_public_ip_address",
	}
}

test_applies_to_its_types_only if {
	_applies("fail") == {
		"aws_instance.on",
		"aws_launch_configuration.on",
		"aws_launch_template.on",
		"aws_launch_template.second",
		"aws_launch_template.text",
	}
	_applies("pass") == {
		"aws_instance.left_out",
		"aws_instance.on",
		"aws_launch_configuration.left_out",
		"aws_launch_configuration.on",
		"aws_launch_template.left_out",
		"aws_launch_template.on",
		"aws_launch_template.text",
	}
	_applies("unknown") == {
		"aws_instance.open",
		"aws_launch_configuration.open",
		"aws_launch_template.dynamic",
		"aws_launch_template.open",
	}
}

_denied(set) := plans.places(set, found) if {
	found := ec2_public_ip.violations with input as set
}

test_allows_an_empty_text if {
	set := plans.only("ec2-public-ip", "fail", "aws_launch_template.text", [{"op": "add", "path": "/values/network_interfaces/0/associate_public_ip_address", "value": ""}])
	_denied(set) == set()
}
