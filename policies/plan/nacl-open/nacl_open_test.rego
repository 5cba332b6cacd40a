package hallmark.plan.nacl_open_test

import data.hallmark.plan.nacl_open
import data.hallmark.testing.plans

_violations(example) := plans.places(set, found) if {
	set := plans.of("nacl-open", example)
	found := nacl_open.violations with input as set
}

_unknowns(example) := plans.places(set, found) if {
	set := plans.of("nacl-open", example)
	found := nacl_open.unknowns with input as set
}

_applies(example) := plans.addresses(set, found) if {
	set := plans.of("nacl-open", example)
	found := nacl_open.applies with input as set
}

test_denies_what_breaks_the_demand if {
	_violations("fail") == {
		"aws_network_acl.everything: ingress.0",
		"aws_network_acl.rdp: ingress.0",
		"aws_network_acl.second: ingress.0",
		"aws_network_acl.ssh: ingress.0",
		"aws_network_acl_rule.everything: ",
		"aws_network_acl_rule.rdp: ",
		"aws_network_acl_rule.ssh: ",
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
		"aws_network_acl.range: ingress.0.cidr_block",
		"aws_network_acl.whole: ingress",
		"aws_network_acl_rule.action: rule_action",
		"aws_network_acl_rule.direction: egress",
		"aws_network_acl_rule.port: to_port",
		"aws_network_acl_rule.protocol: protocol",
		"aws_network_acl_rule.range: cidr_block",
	}
}

test_applies_to_its_types_only if {
	_applies("fail") == {
		"aws_network_acl.everything",
		"aws_network_acl.rdp",
		"aws_network_acl.second",
		"aws_network_acl.ssh",
		"aws_network_acl_rule.everything",
		"aws_network_acl_rule.rdp",
		"aws_network_acl_rule.ssh",
	}
	_applies("pass") == {
		"aws_network_acl.denied",
		"aws_network_acl.left_out",
		"aws_network_acl.out",
		"aws_network_acl.ssh",
		"aws_network_acl.udp",
		"aws_network_acl.web",
		"aws_network_acl_rule.denied",
		"aws_network_acl_rule.harmless",
		"aws_network_acl_rule.out",
		"aws_network_acl_rule.ssh",
		"aws_network_acl_rule.web",
	}
	_applies("unknown") == {
		"aws_network_acl.range",
		"aws_network_acl.whole",
		"aws_network_acl_rule.action",
		"aws_network_acl_rule.direction",
		"aws_network_acl_rule.port",
		"aws_network_acl_rule.protocol",
		"aws_network_acl_rule.range",
	}
}

_denied(set) := plans.places(set, found) if {
	found := nacl_open.violations with input as set
}

_open(set) := plans.places(set, found) if {
	found := nacl_open.unknowns with input as set
}

_resource(type, values) := {"objects": [{"id": 0, "address": "a", "type": type, "exists": true, "document": 0, "computed": [], "values": values}]}

_whole := {"protocol": "tcp", "from_port": 22, "to_port": 22, "cidr_block": "0.0.0.0/0"}

_acl(changes) := _resource("aws_network_acl", {"ingress": [object.union(object.union(_whole, {"action": "allow"}), changes)]})

_rule(changes) := _resource("aws_network_acl_rule", object.union(object.union(_whole, {"rule_action": "allow"}), changes))

test_denies_whatever_the_case_of_its_action if {
	_denied(_acl({"action": "ALLOW"})) == {"a: ingress.0"}
	_denied(_rule({"rule_action": "Allow"})) == {"a: "}
}

test_denies_every_spelling_of_a_protocol if {
	every protocol in ["tcp", "6", "-1", "all"] {
		_denied(_rule({"protocol": protocol})) == {"a: "}
	}
	_denied(_rule({"protocol": "icmp"})) == set()
	_open(_rule({"protocol": "icmp", "cidr_block": plans.mark})) == set()
}

test_denies_ports_that_are_left_out if {
	every ports in [["from_port"], ["to_port"], ["from_port", "to_port"]] {
		_denied(_resource("aws_network_acl_rule", object.union(object.remove(_whole, ports), {"rule_action": "allow"}))) == {"a: "}
	}
}

test_leaves_open_every_argument_that_decides if {
	every argument in ["egress", "rule_action", "protocol", "from_port", "to_port", "cidr_block", "ipv6_cidr_block"] {
		set := _rule(object.union({"cidr_block": _range(argument)}, {argument: plans.mark}))
		_open(set) == {sprintf("a: %s", [argument])}
		_denied(set) == set()
	}
	every argument in ["action", "protocol", "from_port", "to_port", "cidr_block"] {
		_open(_acl({argument: plans.mark})) == {sprintf("a: ingress.0.%s", [argument])}
	}
}

_range(argument) := "192.0.2.0/24" if {
	argument == "ipv6_cidr_block"
} else := "0.0.0.0/0"

test_leaves_open_nothing_of_a_known_range if {
	every argument in ["egress", "rule_action", "protocol", "from_port", "to_port"] {
		_open(_rule({"cidr_block": "192.0.2.0/24", argument: plans.mark})) == set()
	}
}

test_leaves_open_no_protocol_or_end_of_harmless_ports if {
	every harmless in [
		{"protocol": plans.mark, "from_port": 443, "to_port": 443},
		{"from_port": 3390, "to_port": plans.mark},
		{"from_port": plans.mark, "to_port": 21},
	] {
		_open(_rule(harmless)) == set()
		_denied(_rule(harmless)) == set()
	}
	_open(_rule({"from_port": 3389, "to_port": plans.mark})) == {"a: to_port"}
	_open(_rule({"from_port": plans.mark, "to_port": 22})) == {"a: from_port"}
}
