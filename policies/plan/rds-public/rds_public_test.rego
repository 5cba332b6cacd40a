package hallmark.plan.rds_public_test

import data.hallmark.plan.rds_public
import data.hallmark.testing.plans

_violations(example) := plans.places(set, found) if {
	set := plans.of("rds-public", example)
	found := rds_public.violations with input as set
}

_unknowns(example) := plans.places(set, found) if {
	set := plans.of("rds-public", example)
	found := rds_public.unknowns with input as set
}

_applies(example) := plans.addresses(set, found) if {
	set := plans.of("rds-public", example)
	found := rds_public.applies with input as set
}

test_denies_what_breaks_the_demand if {
	_violations("fail") == {"aws_db_instance.on: publicly_accessible"}
	_unknowns("fail") == set()
}

test_allows_what_is_as_it_should_be if {
	_violations("pass") == set()
	_unknowns("pass") == set()
}

test_leaves_open_what_is_known_after_apply_only if {
	_violations("unknown") == set()
	_unknowns("unknown") == {"aws_db_instance.open: publicly_accessible"}
}

test_applies_to_its_types_only if {
	_applies("fail") == {"aws_db_instance.on"}
	_applies("pass") == {
		"aws_db_instance.left_out",
		"aws_db_instance.on",
	}
	_applies("unknown") == {"aws_db_instance.open"}
}

_denied(set) := plans.places(set, found) if {
	found := rds_public.violations with input as set
}

test_allows_what_is_not_written if {
	_denied(plans.only("rds-public", "fail", "aws_db_instance.on", [{"op": "remove", "path": "/values/publicly_accessible"}])) == set()
}
