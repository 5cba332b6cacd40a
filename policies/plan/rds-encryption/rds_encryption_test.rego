package hallmark.plan.rds_encryption_test

import data.hallmark.plan.rds_encryption
import data.hallmark.testing.plans

_violations(example) := plans.places(set, found) if {
	set := plans.of("rds-encryption", example)
	found := rds_encryption.violations with input as set
}

_unknowns(example) := plans.places(set, found) if {
	set := plans.of("rds-encryption", example)
	found := rds_encryption.unknowns with input as set
}

_applies(example) := plans.addresses(set, found) if {
	set := plans.of("rds-encryption", example)
	found := rds_encryption.applies with input as set
}

test_denies_what_breaks_the_demand if {
	_violations("fail") == {
		"aws_db_instance.left_out: storage_encrypted",
		"aws_db_instance.off: storage_encrypted",
	}
	_unknowns("fail") == set()
}

test_allows_what_is_as_it_should_be if {
	_violations("pass") == set()
	_unknowns("pass") == set()
}

test_leaves_open_what_is_known_after_apply_only if {
	_violations("unknown") == set()
	_unknowns("unknown") == {"aws_db_instance.open: storage_encrypted"}
}

test_applies_to_its_types_only if {
	_applies("fail") == {
		"aws_db_instance.left_out",
		"aws_db_instance.off",
	}
	_applies("pass") == {"aws_db_instance.left_out"}
	_applies("unknown") == {"aws_db_instance.open"}
}
