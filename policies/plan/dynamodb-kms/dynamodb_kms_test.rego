package hallmark.plan.dynamodb_kms_test

import data.hallmark.plan.dynamodb_kms
import data.hallmark.testing.plans

_violations(example) := plans.places(set, found) if {
	set := plans.of("dynamodb-kms", example)
	found := dynamodb_kms.violations with input as set
}

_unknowns(example) := plans.places(set, found) if {
	set := plans.of("dynamodb-kms", example)
	found := dynamodb_kms.unknowns with input as set
}

_applies(example) := plans.addresses(set, found) if {
	set := plans.of("dynamodb-kms", example)
	found := dynamodb_kms.applies with input as set
}

test_denies_what_breaks_the_demand if {
	_violations("fail") == {
		"aws_dynamodb_table.left_out: server_side_encryption",
		"aws_dynamodb_table.off: server_side_encryption",
		"aws_dynamodb_table.own: server_side_encryption",
		"aws_dynamodb_table.switch: server_side_encryption",
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
		"aws_dynamodb_table.key: server_side_encryption.0.kms_key_arn",
		"aws_dynamodb_table.switch: server_side_encryption.0.enabled",
	}
}

test_applies_to_its_types_only if {
	_applies("fail") == {
		"aws_dynamodb_table.left_out",
		"aws_dynamodb_table.off",
		"aws_dynamodb_table.own",
		"aws_dynamodb_table.switch",
	}
	_applies("pass") == {
		"aws_dynamodb_table.left_out",
		"aws_dynamodb_table.own",
	}
	_applies("unknown") == {
		"aws_dynamodb_table.key",
		"aws_dynamodb_table.switch",
	}
}

_denied(set) := plans.places(set, found) if {
	found := dynamodb_kms.violations with input as set
}

test_denies_a_switch_that_is_not_written if {
	_denied(plans.only("dynamodb-kms", "pass", "aws_dynamodb_table.left_out", [{"op": "remove", "path": "/values/server_side_encryption/0/enabled"}])) == {"aws_dynamodb_table.left_out: server_side_encryption"}
}
