package hallmark.plan.sg_open_ingress_test

import data.hallmark.plan.sg_open_ingress
import data.hallmark.testing.plans

_violations(example) := plans.places(set, found) if {
	set := plans.of("sg-open-ingress", example)
	found := sg_open_ingress.violations with input as set
}

_unknowns(example) := plans.places(set, found) if {
	set := plans.of("sg-open-ingress", example)
	found := sg_open_ingress.unknowns with input as set
}

_applies(example) := plans.addresses(set, found) if {
	set := plans.of("sg-open-ingress", example)
	found := sg_open_ingress.applies with input as set
}

test_denies_what_breaks_the_demand if {
	_violations("fail") == {
		"aws_security_group.everything: ingress.0",
		"aws_security_group.rdp: ingress.0",
		"aws_security_group.second: ingress.1",
		"aws_security_group.ssh: ingress.0",
		"aws_security_group_rule.any_port: ",
		"aws_security_group_rule.everything: ",
		"aws_security_group_rule.number: ",
		"aws_security_group_rule.ssh: ",
		"aws_vpc_security_group_ingress_rule.everything: ",
		"aws_vpc_security_group_ingress_rule.ssh: ",
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
		"aws_security_group.range: ingress.0.cidr_blocks",
		"aws_security_group.whole: ingress",
		"aws_security_group_rule.port: from_port",
		"aws_security_group_rule.protocol: protocol",
		"aws_security_group_rule.range: cidr_blocks",
		"aws_security_group_rule.type: type",
		"aws_vpc_security_group_ingress_rule.range: cidr_ipv4",
	}
}

test_applies_to_its_types_only if {
	_applies("fail") == {
		"aws_security_group.everything",
		"aws_security_group.rdp",
		"aws_security_group.second",
		"aws_security_group.ssh",
		"aws_security_group_rule.any_port",
		"aws_security_group_rule.everything",
		"aws_security_group_rule.number",
		"aws_security_group_rule.ssh",
		"aws_vpc_security_group_ingress_rule.everything",
		"aws_vpc_security_group_ingress_rule.ssh",
	}
	_applies("pass") == {
		"aws_security_group.groups",
		"aws_security_group.left_out",
		"aws_security_group.out",
		"aws_security_group.ssh",
		"aws_security_group.udp",
		"aws_security_group.web",
		"aws_security_group_rule.harmless",
		"aws_security_group_rule.known",
		"aws_security_group_rule.out",
		"aws_security_group_rule.web",
		"aws_vpc_security_group_ingress_rule.ssh",
		"aws_vpc_security_group_ingress_rule.web",
	}
	_applies("unknown") == {
		"aws_security_group.range",
		"aws_security_group.whole",
		"aws_security_group_rule.port",
		"aws_security_group_rule.protocol",
		"aws_security_group_rule.range",
		"aws_security_group_rule.type",
		"aws_vpc_security_group_ingress_rule.range",
	}
}
