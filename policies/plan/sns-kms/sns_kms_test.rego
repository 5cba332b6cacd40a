package hallmark.plan.sns_kms_test

import data.hallmark.plan.sns_kms
import data.hallmark.testing.plans

_violations(example) := plans.places(set, found) if {
	set := plans.of("sns-kms", example)
	found := sns_kms.violations with input as set
}

_unknowns(example) := plans.places(set, found) if {
	set := plans.of("sns-kms", example)
	found := sns_kms.unknowns with input as set
}

_applies(example) := plans.addresses(set, found) if {
	set := plans.of("sns-kms", example)
	found := sns_kms.applies with input as set
}

test_denies_what_breaks_the_demand if {
	_violations("fail") == {
		"aws_sns_topic.left_out: kms_master_key_id",
		"aws_sns_topic.null: kms_master_key_id",
	}
	_unknowns("fail") == set()
}

test_allows_what_is_as_it_should_be if {
	_violations("pass") == set()
	_unknowns("pass") == set()
}

test_leaves_open_what_is_known_after_apply_only if {
	_violations("unknown") == set()
	_unknowns("unknown") == {"aws_sns_topic.open: kms_master_key_id"}
}

test_applies_to_its_types_only if {
	_applies("fail") == {
		"aws_sns_topic.left_out",
		"aws_sns_topic.null",
	}
	_applies("pass") == {
		"aws_sns_topic.left_out",
		"aws_sns_topic.null",
	}
	_applies("unknown") == {"aws_sns_topic.open"}
}
