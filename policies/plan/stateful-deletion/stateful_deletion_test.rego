package hallmark.plan.stateful_deletion_test

import data.hallmark.plan.stateful_deletion
import data.hallmark.testing.plans

_violations(example) := plans.places(set, found) if {
	set := plans.of("stateful-deletion", example)
	found := stateful_deletion.violations with input as set
}

_unknowns(example) := plans.places(set, found) if {
	set := plans.of("stateful-deletion", example)
	found := stateful_deletion.unknowns with input as set
}

_applies(example) := plans.addresses(set, found) if {
	set := plans.of("stateful-deletion", example)
	found := stateful_deletion.applies with input as set
}

test_denies_what_breaks_the_demand if {
	_violations("fail") == {
		"aws_ecr_repository.deleted: ",
		"aws_eks_cluster.deleted: ",
		"aws_kms_key.deleted: ",
		"aws_s3_bucket.replaced: ",
		"aws_s3_bucket.without: ",
	}
	_unknowns("fail") == set()
}

test_allows_what_is_as_it_should_be if {
	_violations("pass") == set()
	_unknowns("pass") == set()
}

test_applies_to_its_types_only if {
	_applies("fail") == {
		"aws_ecr_repository.deleted",
		"aws_eks_cluster.deleted",
		"aws_kms_key.deleted",
		"aws_s3_bucket.kept",
		"aws_s3_bucket.replaced",
		"aws_s3_bucket.without",
	}
	_applies("pass") == {
		"aws_eks_cluster.deleted",
		"aws_eks_cluster.replaced",
		"aws_kms_key.deleted",
		"aws_s3_bucket.kept",
		"aws_s3_bucket.replaced",
	}
}

_deleted(type) := {"objects": [{"id": 0, "address": "a", "type": type, "exists": false, "actions": ["delete"], "values": {}, "before": {"name": "a"}}]}

test_denies_the_deletion_of_every_type_with_a_state if {
	every type in [
		"aws_db_instance", "aws_dynamodb_table", "aws_ebs_volume", "aws_ecr_repository", "aws_efs_file_system",
		"aws_eks_cluster", "aws_kms_key", "aws_s3_bucket",
	] {
		found := stateful_deletion.violations with input as _deleted(type)
		plans.places(_deleted(type), found) == {"a: "}
	}
	others := stateful_deletion.violations with input as _deleted("aws_vpc")
	others == set()
}
