package hallmark.plan.dynamodb_pitr_test

import data.hallmark.plan.dynamodb_pitr
import data.hallmark.testing.plans

_violations(example) := plans.places(set, found) if {
	set := plans.of("dynamodb-pitr", example)
	found := dynamodb_pitr.violations with input as set
}

_unknowns(example) := plans.places(set, found) if {
	set := plans.of("dynamodb-pitr", example)
	found := dynamodb_pitr.unknowns with input as set
}

_applies(example) := plans.addresses(set, found) if {
	set := plans.of("dynamodb-pitr", example)
	found := dynamodb_pitr.applies with input as set
}

test_denies_what_breaks_the_demand if {
	_violations("fail") == {
		"aws_dynamodb_table.left_out: point_in_time_recovery.0.enabled",
		"aws_dynamodb_table.off: point_in_time_recovery.0.enabled",
	}
	_unknowns("fail") == set()
}

test_allows_what_is_as_it_should_be if {
	_violations("pass") == set()
	_unknowns("pass") == set()
}

test_leaves_open_what_is_known_after_apply_only if {
	_violations("unknown") == set()
	_unknowns("unknown") == {"aws_dynamodb_table.open: point_in_time_recovery.0.enabled"}
}

test_applies_to_its_types_only if {
	_applies("fail") == {
		"aws_dynamodb_table.left_out",
		"aws_dynamodb_table.off",
	}
	_applies("pass") == {"aws_dynamodb_table.left_out"}
	_applies("unknown") == {"aws_dynamodb_table.open"}
}
