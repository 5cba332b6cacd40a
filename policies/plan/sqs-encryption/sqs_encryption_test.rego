package hallmark.plan.sqs_encryption_test

import data.hallmark.plan.sqs_encryption
import data.hallmark.testing.plans

_violations(example) := plans.places(set, found) if {
	set := plans.of("sqs-encryption", example)
	found := sqs_encryption.violations with input as set
}

_unknowns(example) := plans.places(set, found) if {
	set := plans.of("sqs-encryption", example)
	found := sqs_encryption.unknowns with input as set
}

_applies(example) := plans.addresses(set, found) if {
	set := plans.of("sqs-encryption", example)
	found := sqs_encryption.applies with input as set
}

test_denies_what_breaks_the_demand if {
	_violations("fail") == {
		"aws_sqs_queue.left_out: sqs_managed_sse_enabled",
		"aws_sqs_queue.off: sqs_managed_sse_enabled",
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
		"aws_sqs_queue.key: kms_master_key_id",
		"aws_sqs_queue.managed: sqs_managed_sse_enabled",
	}
}

test_applies_to_its_types_only if {
	_applies("fail") == {
		"aws_sqs_queue.left_out",
		"aws_sqs_queue.off",
	}
	_applies("pass") == {
		"aws_sqs_queue.left_out",
		"aws_sqs_queue.made",
		"aws_sqs_queue.off",
	}
	_applies("unknown") == {
		"aws_sqs_queue.key",
		"aws_sqs_queue.managed",
	}
}
