package hallmark.plan.launch_template_imdsv2_test

import data.hallmark.plan.launch_template_imdsv2
import data.hallmark.testing.plans

_violations(example) := plans.places(set, found) if {
	set := plans.of("launch-template-imdsv2", example)
	found := launch_template_imdsv2.violations with input as set
}

_unknowns(example) := plans.places(set, found) if {
	set := plans.of("launch-template-imdsv2", example)
	found := launch_template_imdsv2.unknowns with input as set
}

_applies(example) := plans.addresses(set, found) if {
	set := plans.of("launch-template-imdsv2", example)
	found := launch_template_imdsv2.applies with input as set
}

test_denies_what_breaks_the_demand if {
	_violations("fail") == {
		"aws_instance.left_out: metadata_options.0.http_tokens",
		"aws_instance.optional: metadata_options.0.http_tokens",
		"aws_instance.other_options: metadata_options.0.http_tokens",
		"aws_launch_configuration.left_out: metadata_options.0.http_tokens",
		"aws_launch_configuration.optional: metadata_options.0.http_tokens",
		"aws_launch_configuration.other_options: metadata_options.0.http_tokens",
		"aws_launch_template.left_out: metadata_options.0.http_tokens",
		"aws_launch_template.optional: metadata_options.0.http_tokens",
		"aws_launch_template.other_options: metadata_options.0.http_tokens",
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
		"aws_instance.endpoint: metadata_options.0.http_endpoint",
		"aws_instance.tokens: metadata_options.0.http_tokens",
		"aws_launch_configuration.endpoint: metadata_options.0.http_endpoint",
		"aws_launch_configuration.tokens: metadata_options.0.http_tokens",
		"aws_launch_template.endpoint: metadata_options.0.http_endpoint",
		"aws_launch_template.tokens: metadata_options.0.http_tokens",
	}
}

test_applies_to_its_types_only if {
	_applies("fail") == {
		"aws_instance.left_out",
		"aws_instance.optional",
		"aws_instance.other_options",
		"aws_launch_configuration.left_out",
		"aws_launch_configuration.optional",
		"aws_launch_configuration.other_options",
		"aws_launch_template.left_out",
		"aws_launch_template.optional",
		"aws_launch_template.other_options",
	}
	_applies("pass") == {
		"aws_instance.left_out",
		"aws_instance.optional",
		"aws_instance.other_options",
		"aws_launch_configuration.left_out",
		"aws_launch_configuration.optional",
		"aws_launch_configuration.other_options",
		"aws_launch_template.left_out",
		"aws_launch_template.optional",
		"aws_launch_template.other_options",
	}
	_applies("unknown") == {
		"aws_instance.endpoint",
		"aws_instance.tokens",
		"aws_launch_configuration.endpoint",
		"aws_launch_configuration.tokens",
		"aws_launch_template.endpoint",
		"aws_launch_template.tokens",
	}
}

_denied(set) := plans.places(set, found) if {
	found := launch_template_imdsv2.violations with input as set
}

_open(set) := plans.places(set, found) if {
	found := launch_template_imdsv2.unknowns with input as set
}

test_leaves_open_nothing_beside_what_is_enough if {
	_open(plans.only("launch-template-imdsv2", "pass", "aws_instance.left_out", [{"op": "add", "path": "/values/metadata_options/0/http_endpoint", "value": plans.mark}])) == set()
	_open(plans.only("launch-template-imdsv2", "pass", "aws_instance.other_options", [{"op": "add", "path": "/values/metadata_options/0/http_tokens", "value": plans.mark}])) == set()
}
