package hallmark.plan.sg_description_test

import data.hallmark.plan.sg_description
import data.hallmark.testing.plans

_violations(example) := plans.places(set, found) if {
	set := plans.of("sg-description", example)
	found := sg_description.violations with input as set
}

_unknowns(example) := plans.places(set, found) if {
	set := plans.of("sg-description", example)
	found := sg_description.unknowns with input as set
}

_applies(example) := plans.addresses(set, found) if {
	set := plans.of("sg-description", example)
	found := sg_description.applies with input as set
}

test_denies_what_breaks_the_demand if {
	_violations("fail") == {
		"aws_security_group.blank: ingress.0.description",
		"aws_security_group.default: description",
		"aws_security_group.left_out: description",
		"aws_security_group.out: egress.0.description",
		"aws_security_group.second: ingress.0.description",
		"aws_security_group_rule.empty: description",
		"aws_security_group_rule.left_out: description",
		"aws_vpc_security_group_ingress_rule.empty: description",
		"aws_vpc_security_group_ingress_rule.left_out: description",
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
		"aws_security_group.group: description",
		"aws_security_group.inline: ingress.0.description",
		"aws_security_group.whole: ingress",
		"aws_security_group_rule.open: description",
		"aws_vpc_security_group_ingress_rule.open: description",
	}
}

test_applies_to_its_types_only if {
	_applies("fail") == {
		"aws_security_group.blank",
		"aws_security_group.default",
		"aws_security_group.left_out",
		"aws_security_group.out",
		"aws_security_group.second",
		"aws_security_group_rule.empty",
		"aws_security_group_rule.left_out",
		"aws_vpc_security_group_ingress_rule.empty",
		"aws_vpc_security_group_ingress_rule.left_out",
	}
	_applies("pass") == {
		"aws_security_group.whole",
		"aws_security_group.without_rules",
		"aws_security_group_rule.whole",
		"aws_vpc_security_group_ingress_rule.whole",
	}
	_applies("unknown") == {
		"aws_security_group.group",
		"aws_security_group.inline",
		"aws_security_group.whole",
		"aws_security_group_rule.open",
		"aws_vpc_security_group_ingress_rule.open",
	}
}
