package hallmark.plan.ecr_immutable_test

import data.hallmark.plan.ecr_immutable
import data.hallmark.testing.plans

_violations(example) := plans.places(set, found) if {
	set := plans.of("ecr-immutable", example)
	found := ecr_immutable.violations with input as set
}

_unknowns(example) := plans.places(set, found) if {
	set := plans.of("ecr-immutable", example)
	found := ecr_immutable.unknowns with input as set
}

_applies(example) := plans.addresses(set, found) if {
	set := plans.of("ecr-immutable", example)
	found := ecr_immutable.applies with input as set
}

test_denies_what_breaks_the_demand if {
	_violations("fail") == {
		"aws_ecr_repository.left_out: image_tag_mutability",
		"aws_ecr_repository.off: image_tag_mutability",
	}
	_unknowns("fail") == set()
}

test_allows_what_is_as_it_should_be if {
	_violations("pass") == set()
	_unknowns("pass") == set()
}

test_leaves_open_what_is_known_after_apply_only if {
	_violations("unknown") == set()
	_unknowns("unknown") == {"aws_ecr_repository.open: image_tag_mutability"}
}

test_applies_to_its_types_only if {
	_applies("fail") == {
		"aws_ecr_repository.left_out",
		"aws_ecr_repository.off",
	}
	_applies("pass") == {"aws_ecr_repository.left_out"}
	_applies("unknown") == {"aws_ecr_repository.open"}
}
