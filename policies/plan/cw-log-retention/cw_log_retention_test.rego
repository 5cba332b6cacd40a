package hallmark.plan.cw_log_retention_test

import data.hallmark.plan.cw_log_retention
import data.hallmark.testing.plans

_violations(example) := plans.places(set, found) if {
	set := plans.of("cw-log-retention", example)
	found := cw_log_retention.violations with input as set
}

_unknowns(example) := plans.places(set, found) if {
	set := plans.of("cw-log-retention", example)
	found := cw_log_retention.unknowns with input as set
}

_applies(example) := plans.addresses(set, found) if {
	set := plans.of("cw-log-retention", example)
	found := cw_log_retention.applies with input as set
}

test_denies_what_breaks_the_demand if {
	_violations("fail") == {
		"aws_cloudwatch_log_group.ever: retention_in_days",
		"aws_cloudwatch_log_group.left_out: retention_in_days",
	}
	_unknowns("fail") == set()
}

test_allows_what_is_as_it_should_be if {
	_violations("pass") == set()
	_unknowns("pass") == set()
}

test_leaves_open_what_is_known_after_apply_only if {
	_violations("unknown") == set()
	_unknowns("unknown") == {"aws_cloudwatch_log_group.open: retention_in_days"}
}

test_applies_to_its_types_only if {
	_applies("fail") == {
		"aws_cloudwatch_log_group.ever",
		"aws_cloudwatch_log_group.left_out",
	}
	_applies("pass") == {
		"aws_cloudwatch_log_group.ever",
		"aws_cloudwatch_log_group.left_out",
	}
	_applies("unknown") == {"aws_cloudwatch_log_group.open"}
}

_denied(set) := plans.places(set, found) if {
	found := cw_log_retention.violations with input as set
}

test_denies_what_is_not_written if {
	_denied(plans.only("cw-log-retention", "fail", "aws_cloudwatch_log_group.ever", [{"op": "remove", "path": "/values/retention_in_days"}])) == {"aws_cloudwatch_log_group.ever: retention_in_days"}
}
