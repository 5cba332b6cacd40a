package hallmark.plan.efs_encryption_test

import data.hallmark.plan.efs_encryption
import data.hallmark.testing.plans

_violations(example) := plans.places(set, found) if {
	set := plans.of("efs-encryption", example)
	found := efs_encryption.violations with input as set
}

_unknowns(example) := plans.places(set, found) if {
	set := plans.of("efs-encryption", example)
	found := efs_encryption.unknowns with input as set
}

_applies(example) := plans.addresses(set, found) if {
	set := plans.of("efs-encryption", example)
	found := efs_encryption.applies with input as set
}

test_denies_what_breaks_the_demand if {
	_violations("fail") == {
		"aws_efs_file_system.left_out: encrypted",
		"aws_efs_file_system.off: encrypted",
	}
	_unknowns("fail") == set()
}

test_allows_what_is_as_it_should_be if {
	_violations("pass") == set()
	_unknowns("pass") == set()
}

test_leaves_open_what_is_known_after_apply_only if {
	_violations("unknown") == set()
	_unknowns("unknown") == {"aws_efs_file_system.open: encrypted"}
}

test_applies_to_its_types_only if {
	_applies("fail") == {
		"aws_efs_file_system.left_out",
		"aws_efs_file_system.off",
	}
	_applies("pass") == {"aws_efs_file_system.left_out"}
	_applies("unknown") == {"aws_efs_file_system.open"}
}
