# METADATA
# title: Administration is not open to the whole Internet
# description: >-
#   No rule for ingress from the whole Internet, of IPv4 or IPv6, in one range or in parts, reaches TCP port
#   22 or 3389, or lets in all protocols: inline in a security group, or as a resource of its own. Egress is
#   not judged.
# custom:
#   id: sg-open-ingress
#   profile: baseline
#   severity: critical
#   scope: object
#   why: >-
#     A port for administration that is open to all is tried all day, with every stolen password.
#   fix: >-
#     Name the ranges that need it, or use Session Manager, which needs no open port.
#   reference: https://docs.aws.amazon.com/vpc/latest/userguide/security-group-rules.html
package hallmark.plan.sg_open_ingress

import data.hallmark.lib.cidr
import data.hallmark.lib.plan

applies := plan.ids(_types)

violations contains plan.violation(entry, rule.path, "lets the whole Internet reach SSH, RDP or everything") if {
	some entry in plan.of_types(_types)
	some rule in _rules(entry)
	_verdict(rule) == "fail"
}

unknowns contains plan.unknown(entry, path) if {
	some entry in plan.of_types(_types)
	some rule in _rules(entry)
	_verdict(rule) == "unknown"
	some argument in _arguments
	path := array.concat(rule.path, [argument])
	plan.is_open(entry, path)
}

unknowns contains plan.unknown(entry, ["ingress"]) if {
	some entry in plan.of_types({"aws_security_group"})
	plan.is_open(entry, ["ingress"])
}

_types := {"aws_security_group", "aws_security_group_rule", "aws_vpc_security_group_ingress_rule"}

_arguments := {
	"type",
	"protocol",
	"ip_protocol",
	"from_port",
	"to_port",
	"cidr_blocks",
	"ipv6_cidr_blocks",
	"cidr_ipv4",
	"cidr_ipv6",
}

# What lets in, in one form: "fail" in `ingress` says that it does.
_rules(entry) := [_rule(block.path, "fail", block.value, "protocol", [block.value.cidr_blocks, block.value.ipv6_cidr_blocks]) | some block in _blocks(entry)] if {
	entry.type == "aws_security_group"
}

_rules(entry) := [_rule([], _ingress(entry), entry.values, "protocol", [
	object.get(entry.values, "cidr_blocks", []),
	object.get(entry.values, "ipv6_cidr_blocks", []),
])] if {
	entry.type == "aws_security_group_rule"
}

_rules(entry) := [_rule([], "fail", entry.values, "ip_protocol", [[range |
	some key in ["cidr_ipv4", "cidr_ipv6"]
	range := entry.values[key]
]])] if {
	entry.type == "aws_vpc_security_group_ingress_rule"
}

_blocks(entry) := [{"path": block.path, "value": object.union({"cidr_blocks": [], "ipv6_cidr_blocks": []}, block.value)} |
	some block in plan.blocks(entry, "ingress")
]

_rule(path, ingress, values, protocol, ranges) := {
	"path": path,
	"ingress": ingress,
	"protocol": object.get(values, protocol, "-1"),
	"from": object.get(values, "from_port", 0),
	"to": object.get(values, "to_port", 65535),
	"ranges": ranges,
}

_ingress(entry) := "unknown" if {
	plan.is_open(entry, ["type"])
} else := "fail" if {
	entry.values.type == "ingress"
} else := "pass"

_verdict(rule) := plan.together({rule.ingress, plan.worst({cidr.internet(ranges) | some ranges in rule.ranges}), _reach(rule)})

# All protocols have no ports; of a protocol that isn't known the ports may still tell that it is harmless.
_reach(rule) := "fail" if {
	rule.protocol in _every_protocol
} else := _ports(rule) if {
	rule.protocol in _tcp
} else := plan.together({"unknown", _ports(rule)}) if {
	plan.is_mark(rule.protocol)
} else := "pass"

_every_protocol := {"-1", "all"}

_tcp := {"tcp", "TCP", "6"}

_ports(rule) := "unknown" if {
	some end in [rule.from, rule.to]
	plan.is_mark(end)
} else := "fail" if {
	some port in [22, 3389]
	rule.from <= port
	rule.to >= port
} else := "fail" if {
	rule.from == -1
} else := "pass"
