package hallmark.plan.launch_template_hop_limit_test

import data.hallmark.plan.launch_template_hop_limit
import data.hallmark.testing.plans

_violations(example) := plans.places(set, found) if {
	set := plans.of("launch-template-hop-limit", example)
	found := launch_template_hop_limit.violations with input as set
}

_unknowns(example) := plans.places(set, found) if {
	set := plans.of("launch-template-hop-limit", example)
	found := launch_template_hop_limit.unknowns with input as set
}

_applies(example) := plans.addresses(set, found) if {
	set := plans.of("launch-template-hop-limit", example)
	found := launch_template_hop_limit.applies with input as set
}

test_denies_what_breaks_the_demand if {
	_violations("fail") == {
		"aws_launch_configuration.many: metadata_options.0.http_put_response_hop_limit",
		"aws_launch_configuration.two: metadata_options.0.http_put_response_hop_limit",
		"aws_launch_template.many: metadata_options.0.http_put_response_hop_limit",
		"aws_launch_template.two: metadata_options.0.http_put_response_hop_limit",
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
		"aws_launch_configuration.open: metadata_options.0.http_put_response_hop_limit",
		"aws_launch_template.open: metadata_options.0.http_put_response_hop_limit",
	}
}

test_applies_to_its_types_only if {
	_applies("fail") == {
		"aws_launch_configuration.many",
		"aws_launch_configuration.two",
		"aws_launch_template.many",
		"aws_launch_template.two",
	}
	_applies("pass") == {
		"aws_launch_configuration.left_out",
		"aws_launch_configuration.other",
		"aws_launch_configuration.two",
		"aws_launch_template.left_out",
		"aws_launch_template.other",
		"aws_launch_template.two",
	}
	_applies("unknown") == {
		"aws_launch_configuration.open",
		"aws_launch_template.open",
	}
}
