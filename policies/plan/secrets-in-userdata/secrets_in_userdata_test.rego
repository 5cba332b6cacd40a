package hallmark.plan.secrets_in_userdata_test

import data.hallmark.plan.secrets_in_userdata
import data.hallmark.testing.plans

_violations(example) := plans.places(set, found) if {
	set := plans.of("secrets-in-userdata", example)
	found := secrets_in_userdata.violations with input as set
}

_unknowns(example) := plans.places(set, found) if {
	set := plans.of("secrets-in-userdata", example)
	found := secrets_in_userdata.unknowns with input as set
}

_applies(example) := plans.addresses(set, found) if {
	set := plans.of("secrets-in-userdata", example)
	found := secrets_in_userdata.applies with input as set
}

test_denies_what_breaks_the_demand if {
	_violations("fail") == {
		"aws_instance.base64: user_data_base64",
		"aws_instance.text: user_data",
		"aws_launch_configuration.base64: user_data_base64",
		"aws_launch_configuration.text: user_data",
		"aws_launch_template.literal: user_data",
		"aws_launch_template.text: user_data",
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
		"aws_instance.hash: user_data",
		"aws_instance.open: user_data",
		"aws_launch_configuration.open: user_data",
		"aws_launch_template.compressed: user_data",
		"aws_launch_template.open: user_data",
	}
}

test_applies_to_its_types_only if {
	_applies("fail") == {
		"aws_instance.base64",
		"aws_instance.text",
		"aws_launch_configuration.base64",
		"aws_launch_configuration.text",
		"aws_launch_template.literal",
		"aws_launch_template.text",
	}
	_applies("pass") == {
		"aws_instance.base64",
		"aws_instance.left_out",
		"aws_instance.text",
		"aws_launch_configuration.left_out",
		"aws_launch_configuration.text",
		"aws_launch_template.left_out",
		"aws_launch_template.text",
	}
	_applies("unknown") == {
		"aws_instance.hash",
		"aws_instance.open",
		"aws_launch_configuration.open",
		"aws_launch_template.compressed",
		"aws_launch_template.open",
	}
}

test_says_that_a_text_is_hidden if {
	set := plans.only("secrets-in-userdata", "unknown", "aws_instance.hash", [])
	found := secrets_in_userdata.unknowns with input as set
	{one.message | some one in found} == {"user_data of aws_instance.hash is a hash or compressed: its text is not in the document"}
}
