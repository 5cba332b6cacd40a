package hallmark.plan.cw_log_kms_test

import data.hallmark.plan.cw_log_kms
import data.hallmark.testing.plans

_violations(example) := plans.places(set, found) if {
	set := plans.of("cw-log-kms", example)
	found := cw_log_kms.violations with input as set
}

_unknowns(example) := plans.places(set, found) if {
	set := plans.of("cw-log-kms", example)
	found := cw_log_kms.unknowns with input as set
}

_applies(example) := plans.addresses(set, found) if {
	set := plans.of("cw-log-kms", example)
	found := cw_log_kms.applies with input as set
}

test_denies_what_breaks_the_demand if {
	_violations("fail") == {
		"aws_cloudwatch_log_group.empty: kms_key_id",
		"aws_cloudwatch_log_group.left_out: kms_key_id",
	}
	_unknowns("fail") == set()
}

test_allows_what_is_as_it_should_be if {
	_violations("pass") == set()
	_unknowns("pass") == set()
}

test_leaves_open_what_is_known_after_apply_only if {
	_violations("unknown") == set()
	_unknowns("unknown") == {"aws_cloudwatch_log_group.open: kms_key_id"}
}

test_applies_to_its_types_only if {
	_applies("fail") == {
		"aws_cloudwatch_log_group.empty",
		"aws_cloudwatch_log_group.left_out",
	}
	_applies("pass") == {
		"aws_cloudwatch_log_group.empty",
		"aws_cloudwatch_log_group.left_out",
	}
	_applies("unknown") == {"aws_cloudwatch_log_group.open"}
}
