package hallmark.plan.ebs_encryption_test

import data.hallmark.plan.ebs_encryption
import data.hallmark.testing.plans

_violations(example) := plans.places(set, found) if {
	set := plans.of("ebs-encryption", example)
	found := ebs_encryption.violations with input as set
}

_unknowns(example) := plans.places(set, found) if {
	set := plans.of("ebs-encryption", example)
	found := ebs_encryption.unknowns with input as set
}

_applies(example) := plans.addresses(set, found) if {
	set := plans.of("ebs-encryption", example)
	found := ebs_encryption.applies with input as set
}

test_denies_what_breaks_the_demand if {
	_violations("fail") == {
		"aws_ebs_volume.left_out: encrypted",
		"aws_ebs_volume.off: encrypted",
	}
	_unknowns("fail") == set()
}

test_allows_what_is_as_it_should_be if {
	_violations("pass") == set()
	_unknowns("pass") == set()
}

test_leaves_open_what_is_known_after_apply_only if {
	_violations("unknown") == set()
	_unknowns("unknown") == {"aws_ebs_volume.open: encrypted"}
}

test_applies_to_its_types_only if {
	_applies("fail") == {
		"aws_ebs_volume.left_out",
		"aws_ebs_volume.off",
	}
	_applies("pass") == {"aws_ebs_volume.left_out"}
	_applies("unknown") == {"aws_ebs_volume.open"}
}
