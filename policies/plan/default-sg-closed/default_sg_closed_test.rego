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

_denied(set) := plans.places(set, found) if {
	found := default_sg_closed.violations with input as set
}

_open(set) := plans.places(set, found) if {
	found := default_sg_closed.unknowns with input as set
}

_vpc := {"id": 0, "address": "aws_vpc.a", "type": "aws_vpc", "exists": true, "document": 0, "values": {"id": "vpc-1"}}

_group(id, values) := {"id": id, "address": "aws_default_security_group.a", "type": "aws_default_security_group", "exists": true, "document": 0, "values": values}

_messages(set) := {one.message | some one in found} if {
	found := default_sg_closed.unknowns with input as set
}

test_judges_by_the_group_that_is_closed if {
	closed := _group(1, {"vpc_id": "vpc-1"})
	open := _group(2, {"vpc_id": "vpc-1", "egress": plans.mark})
	_open({"objects": [_vpc, closed, open]}) == {"aws_default_security_group.a: egress"}
}

test_says_what_is_open if {
	_messages({"objects": [_vpc, _group(1, {"vpc_id": plans.mark})]}) == {"vpc_id of aws_default_security_group.a is known after apply only"}
	_messages({"objects": [_vpc, _group(1, {"vpc_id": "vpc-1", "egress": plans.mark})]}) == {"egress of aws_default_security_group.a is known after apply only"}
}
