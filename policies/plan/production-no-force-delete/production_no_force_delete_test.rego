package hallmark.plan.production_no_force_delete_test

import data.hallmark.plan.production_no_force_delete
import data.hallmark.testing.plans

_violations(example) := plans.places(set, found) if {
	set := plans.of("production-no-force-delete", example)
	found := production_no_force_delete.violations with input as set
}

_unknowns(example) := plans.places(set, found) if {
	set := plans.of("production-no-force-delete", example)
	found := production_no_force_delete.unknowns with input as set
}

_applies(example) := plans.addresses(set, found) if {
	set := plans.of("production-no-force-delete", example)
	found := production_no_force_delete.applies with input as set
}

test_denies_what_breaks_the_demand if {
	_violations("fail") == {
		"aws_ecr_repository.production: force_delete",
		"aws_ecr_repository.without: force_delete",
		"aws_s3_bucket.staging: force_destroy",
	}
	_unknowns("fail") == set()
}

test_allows_what_is_as_it_should_be if {
	_violations("pass") == set()
	_unknowns("pass") == set()
}

test_leaves_open_what_is_known_after_apply_only if {
	_violations("unknown") == set()
	_unknowns("unknown") == {
		"aws_ecr_repository.force: force_delete",
		"aws_s3_bucket.environment: tags_all.Environment",
	}
}

test_applies_to_its_types_only if {
	_applies("fail") == {
		"aws_ecr_repository.production",
		"aws_ecr_repository.without",
		"aws_s3_bucket.staging",
	}
	_applies("pass") == {
		"aws_ecr_repository.ephemeral",
		"aws_ecr_repository.left_out",
		"aws_ecr_repository.off",
		"aws_s3_bucket.ephemeral",
		"aws_s3_bucket.left_out",
	}
	_applies("unknown") == {
		"aws_ecr_repository.force",
		"aws_s3_bucket.environment",
	}
}

test_leaves_nothing_open_that_one_part_decides if {
	set := plans.only("production-no-force-delete", "unknown", "aws_s3_bucket.environment", [{"op": "replace", "path": "/values/force_destroy", "value": false}])
	found := production_no_force_delete.unknowns with input as set
	found == set()
}
