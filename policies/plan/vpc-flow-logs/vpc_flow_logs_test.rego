package hallmark.plan.vpc_flow_logs_test

import data.hallmark.plan.vpc_flow_logs
import data.hallmark.testing.plans

_violations(example) := plans.places(set, found) if {
	set := plans.of("vpc-flow-logs", example)
	found := vpc_flow_logs.violations with input as set
}

_unknowns(example) := plans.places(set, found) if {
	set := plans.of("vpc-flow-logs", example)
	found := vpc_flow_logs.unknowns with input as set
}

_applies(example) := plans.addresses(set, found) if {
	set := plans.of("vpc-flow-logs", example)
	found := vpc_flow_logs.applies with input as set
}

test_denies_what_breaks_the_demand if {
	_violations("fail") == {
		"aws_vpc.alone: ",
		"aws_vpc.other: ",
	}
	_unknowns("fail") == set()
}

test_allows_what_is_as_it_should_be if {
	_violations("pass") == set()
	_unknowns("pass") == set()
}

test_leaves_open_local if {
	_violations("unknown-local") == set()
	_unknowns("unknown-local") == {"aws_vpc.local: "}
}

test_leaves_open_what_is_known_after_apply_only if {
	_violations("unknown") == set()
	_unknowns("unknown") == {
		"aws_vpc.one: ",
		"aws_vpc.two: ",
	}
}

test_applies_to_its_types_only if {
	_applies("fail") == {
		"aws_vpc.alone",
		"aws_vpc.other",
	}
	_applies("pass") == {
		"aws_vpc.alone",
		"aws_vpc.counted[0]",
		"aws_vpc.counted[1]",
		`aws_vpc.many["a"]`,
		`aws_vpc.many["b"]`,
	}
	_applies("unknown-local") == {"aws_vpc.local"}
	_applies("unknown") == {
		"aws_vpc.one",
		"aws_vpc.two",
	}
}

_denied(set) := plans.places(set, found) if {
	found := vpc_flow_logs.violations with input as set
}

_open(set) := plans.places(set, found) if {
	found := vpc_flow_logs.unknowns with input as set
}

_vpc := {"id": 0, "address": "aws_vpc.a", "type": "aws_vpc", "exists": true, "document": 0, "values": {"id": "vpc-1"}}

_log(id, link) := {"id": id, "address": "aws_flow_log.a", "type": "aws_flow_log", "exists": true, "document": 0, "values": {"vpc_id": link}}

test_judges_by_the_log_that_is_sure if {
	set := {"objects": [_vpc, _log(1, "vpc-1"), _log(2, plans.mark)]}
	_denied(set) == set()
	_open(set) == set()
}

test_says_which_link_is_open if {
	set := {"objects": [_vpc, _log(2, plans.mark)]}
	found := vpc_flow_logs.unknowns with input as set
	{one.message | some one in found} == {"vpc_id of aws_flow_log.a is known after apply only"}
}
