package hallmark.plan.subnet_public_ip_test

import data.hallmark.plan.subnet_public_ip
import data.hallmark.testing.plans

_violations(example) := plans.places(set, found) if {
	set := plans.of("subnet-public-ip", example)
	found := subnet_public_ip.violations with input as set
}

_unknowns(example) := plans.places(set, found) if {
	set := plans.of("subnet-public-ip", example)
	found := subnet_public_ip.unknowns with input as set
}

_applies(example) := plans.addresses(set, found) if {
	set := plans.of("subnet-public-ip", example)
	found := subnet_public_ip.applies with input as set
}

test_denies_what_breaks_the_demand if {
	_violations("fail") == {"aws_subnet.on: map_public_ip_on_launch"}
	_unknowns("fail") == set()
}

test_allows_what_is_as_it_should_be if {
	_violations("pass") == set()
	_unknowns("pass") == set()
}

test_leaves_open_what_is_known_after_apply_only if {
	_violations("unknown") == set()
	_unknowns("unknown") == {"aws_subnet.open: map_public_ip_on_launch"}
}

test_applies_to_its_types_only if {
	_applies("fail") == {"aws_subnet.on"}
	_applies("pass") == {
		"aws_subnet.left_out",
		"aws_subnet.on",
	}
	_applies("unknown") == {"aws_subnet.open"}
}

_denied(set) := plans.places(set, found) if {
	found := subnet_public_ip.violations with input as set
}

test_allows_what_is_not_written if {
	_denied(plans.only("subnet-public-ip", "fail", "aws_subnet.on", [{"op": "remove", "path": "/values/map_public_ip_on_launch"}])) == set()
}
