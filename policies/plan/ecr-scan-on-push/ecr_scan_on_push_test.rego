package hallmark.plan.ecr_scan_on_push_test

import data.hallmark.plan.ecr_scan_on_push
import data.hallmark.testing.plans

_violations(example) := plans.places(set, found) if {
	set := plans.of("ecr-scan-on-push", example)
	found := ecr_scan_on_push.violations with input as set
}

_unknowns(example) := plans.places(set, found) if {
	set := plans.of("ecr-scan-on-push", example)
	found := ecr_scan_on_push.unknowns with input as set
}

_applies(example) := plans.addresses(set, found) if {
	set := plans.of("ecr-scan-on-push", example)
	found := ecr_scan_on_push.applies with input as set
}

test_denies_what_breaks_the_demand if {
	_violations("fail") == {
		"aws_ecr_repository.left_out: image_scanning_configuration.0.scan_on_push",
		"aws_ecr_repository.off: image_scanning_configuration.0.scan_on_push",
	}
	_unknowns("fail") == set()
}

test_allows_what_is_as_it_should_be if {
	_violations("pass") == set()
	_unknowns("pass") == set()
}

test_leaves_open_what_is_known_after_apply_only if {
	_violations("unknown") == set()
	_unknowns("unknown") == {"aws_ecr_repository.open: image_scanning_configuration.0.scan_on_push"}
}

test_applies_to_its_types_only if {
	_applies("fail") == {
		"aws_ecr_repository.left_out",
		"aws_ecr_repository.off",
	}
	_applies("pass") == {"aws_ecr_repository.left_out"}
	_applies("unknown") == {"aws_ecr_repository.open"}
}
