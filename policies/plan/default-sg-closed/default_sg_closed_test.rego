package hallmark.plan.default_sg_closed_test

import data.hallmark.plan.default_sg_closed
import data.hallmark.testing.plans

_violations(example) := plans.places(set, found) if {
	set := plans.of("default-sg-closed", example)
	found := default_sg_closed.violations with input as set
}

_unknowns(example) := plans.places(set, found) if {
	set := plans.of("default-sg-closed", example)
	found := default_sg_closed.unknowns with input as set
}

_applies(example) := plans.addresses(set, found) if {
	set := plans.of("default-sg-closed", example)
	found := default_sg_closed.applies with input as set
}

test_denies_what_breaks_the_demand if {
	_violations("fail") == {
		"aws_default_security_group.calls: egress",
		"aws_default_security_group.talks: ingress",
		"aws_vpc.alone: ",
		"aws_vpc.calls: ",
		"aws_vpc.talks: ",
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
		"aws_default_security_group.rules: egress",
		"aws_vpc.one: ",
		"aws_vpc.rules: ",
		"aws_vpc.two: ",
	}
}

test_applies_to_its_types_only if {
	_applies("fail") == {
		"aws_default_security_group.calls",
		"aws_default_security_group.talks",
		"aws_vpc.alone",
		"aws_vpc.calls",
		"aws_vpc.talks",
	}
	_applies("pass") == {
		"aws_default_security_group.alone",
		"aws_default_security_group.talks",
		"aws_vpc.alone",
		"aws_vpc.talks",
	}
	_applies("unknown") == {
		"aws_default_security_group.either",
		"aws_default_security_group.rules",
		"aws_vpc.one",
		"aws_vpc.rules",
		"aws_vpc.two",
	}
}
