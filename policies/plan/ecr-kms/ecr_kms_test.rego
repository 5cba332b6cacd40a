package hallmark.plan.ecr_kms_test

import data.hallmark.plan.ecr_kms
import data.hallmark.testing.plans

_violations(example) := plans.places(set, found) if {
	set := plans.of("ecr-kms", example)
	found := ecr_kms.violations with input as set
}

_unknowns(example) := plans.places(set, found) if {
	set := plans.of("ecr-kms", example)
	found := ecr_kms.unknowns with input as set
}

_applies(example) := plans.addresses(set, found) if {
	set := plans.of("ecr-kms", example)
	found := ecr_kms.applies with input as set
}

test_denies_what_breaks_the_demand if {
	_violations("fail") == {
		"aws_ecr_repository.aes: encryption_configuration.0.encryption_type",
		"aws_ecr_repository.left_out: encryption_configuration.0.encryption_type",
	}
	_unknowns("fail") == set()
}

test_allows_what_is_as_it_should_be if {
	_violations("pass") == set()
	_unknowns("pass") == set()
}

test_leaves_open_what_is_known_after_apply_only if {
	_violations("unknown") == set()
	_unknowns("unknown") == {"aws_ecr_repository.open: encryption_configuration.0.encryption_type"}
}

test_applies_to_its_types_only if {
	_applies("fail") == {
		"aws_ecr_repository.aes",
		"aws_ecr_repository.left_out",
	}
	_applies("pass") == {
		"aws_ecr_repository.aes",
		"aws_ecr_repository.left_out",
	}
	_applies("unknown") == {"aws_ecr_repository.open"}
}
