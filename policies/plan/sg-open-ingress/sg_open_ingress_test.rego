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

_denied(set) := plans.places(set, found) if {
	found := sg_open_ingress.violations with input as set
}

_open(set) := plans.places(set, found) if {
	found := sg_open_ingress.unknowns with input as set
}

_resource(type, values) := {"objects": [{"id": 0, "address": "a", "type": type, "exists": true, "document": 0, "computed": [], "values": values}]}

_group(block) := _resource("aws_security_group", {"ingress": [block]})

_rule(values) := _resource("aws_security_group_rule", object.union({"type": "ingress", "cidr_blocks": ["0.0.0.0/0"], "protocol": "tcp", "from_port": 22, "to_port": 22}, values))

_ingress(values) := _resource("aws_vpc_security_group_ingress_rule", object.union({"cidr_ipv4": "0.0.0.0/0", "ip_protocol": "tcp", "from_port": 22, "to_port": 22}, values))

test_denies_ranges_of_either_kind_alone if {
	_denied(_group({"protocol": "tcp", "from_port": 22, "to_port": 22, "cidr_blocks": ["0.0.0.0/0"]})) == {"a: ingress.0"}
	_denied(_group({"protocol": "tcp", "from_port": 22, "to_port": 22, "ipv6_cidr_blocks": ["::/0"]})) == {"a: ingress.0"}
}

test_denies_every_spelling_of_a_protocol if {
	every protocol in ["tcp", "TCP", "6", "all", "-1"] {
		_denied(_rule({"protocol": protocol})) == {"a: "}
	}
	_denied(_rule({"protocol": "udp"})) == set()
	_open(_rule({"protocol": "udp", "cidr_blocks": plans.mark})) == set()
}

test_denies_ports_and_protocols_that_are_not_written if {
	_denied(_resource("aws_security_group_rule", {"type": "ingress", "cidr_blocks": ["0.0.0.0/0"]})) == {"a: "}
	_denied(_resource("aws_security_group_rule", {"type": "ingress", "cidr_blocks": ["0.0.0.0/0"], "protocol": "tcp"})) == {"a: "}
	_denied(_resource("aws_security_group_rule", {"type": "ingress", "cidr_blocks": ["0.0.0.0/0"], "protocol": "tcp", "to_port": 10})) == set()
}

test_takes_no_description_for_a_range if {
	_denied(_ingress({"cidr_ipv4": "192.0.2.0/24", "description": "::/0"})) == set()
	_denied(_ingress({"cidr_ipv4": "192.0.2.0/24", "cidr_ipv6": "::/0"})) == {"a: "}
}

test_leaves_open_every_argument_that_decides if {
	every argument in ["type", "protocol", "from_port", "to_port", "cidr_blocks", "ipv6_cidr_blocks"] {
		set := _rule(object.union({"cidr_blocks": _narrower[argument]}, {argument: plans.mark}))
		_open(set) == {sprintf("a: %s", [argument])}
		_denied(set) == set()
	}
	every argument in ["ip_protocol", "from_port", "to_port", "cidr_ipv4"] {
		_open(_ingress({argument: plans.mark})) == {sprintf("a: %s", [argument])}
	}
	_open(_ingress({"cidr_ipv4": "192.0.2.0/24", "cidr_ipv6": plans.mark})) == {"a: cidr_ipv6"}
}

_narrower := {
	"type": ["0.0.0.0/0"],
	"protocol": ["0.0.0.0/0"],
	"from_port": ["0.0.0.0/0"],
	"to_port": ["0.0.0.0/0"],
	"cidr_blocks": [],
	"ipv6_cidr_blocks": [],
}

test_leaves_open_no_protocol_of_harmless_ports if {
	_open(_rule({"protocol": plans.mark, "from_port": 443, "to_port": 443})) == set()
}
