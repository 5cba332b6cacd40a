# METADATA
# title: No network ACL lets the whole Internet administer
# description: >-
#   No entry that allows ingress from the whole Internet, of IPv4 or IPv6, reaches TCP port 22 or 3389, or
#   lets in all protocols: inline in a network ACL, or as a resource of its own. Each entry is judged for
#   itself, whatever another one with a lower number denies. Egress is not judged.
# custom:
#   id: nacl-open
#   profile: baseline
#   severity: high
#   scope: object
#   why: >-
#     An ACL is the second fence around a subnet: a security group that is opened by mistake should not be
#     enough.
#   fix: >-
#     Name the ranges that need the port, and the ports that the whole Internet needs.
#   reference: https://docs.aws.amazon.com/vpc/latest/userguide/vpc-network-acls.html
package hallmark.plan.nacl_open

import data.hallmark.lib.cidr
import data.hallmark.lib.iam
import data.hallmark.lib.plan

applies := plan.ids(_types)

violations contains plan.violation(entry, one.path, "lets the whole Internet reach SSH, RDP or everything") if {
	some entry in plan.of_types(_types)
	some one in _allowed(entry)
	plan.together(one.verdicts) == "fail"
}

unknowns contains plan.unknown(entry, path) if {
	some entry in plan.of_types(_types)
	some one in _allowed(entry)
	plan.together(one.verdicts) == "unknown"
	some argument in _arguments
	path := array.concat(one.path, [argument])
	plan.is_open(entry, path)
}

unknowns contains plan.unknown(entry, ["ingress"]) if {
	some entry in plan.of_types({"aws_network_acl"})
	plan.is_open(entry, ["ingress"])
}

_types := {"aws_network_acl", "aws_network_acl_rule"}

_arguments := {"action", "rule_action", "egress", "protocol", "from_port", "to_port", "cidr_block", "ipv6_cidr_block"}

# The entries, each with what must be so that it is a hole.
_allowed(entry) := [{"path": block.path, "verdicts": _verdicts(block.value)} | some block in plan.blocks(entry, "ingress")] if {
	entry.type == "aws_network_acl"
}

_allowed(entry) := [{"path": [], "verdicts": _verdicts(entry.values)}] if entry.type == "aws_network_acl_rule"

_verdicts(values) := {cidr.internet(ranges), _reach(values)} | {_lets_in(iam.low(values[key])) | some key in ["action", "rule_action", "egress"]} if {
	ranges := [range | some key in ["cidr_block", "ipv6_cidr_block"]; range := values[key]]
}

_lets_in(value) := "unknown" if {
	plan.is_mark(value)
} else := "fail" if {
	value in ["allow", false]
} else := "pass"

# All protocols have no ports; of a protocol that isn't known the ports may still tell that it is harmless.
_reach(values) := "fail" if {
	values.protocol in ["-1", "all"]
} else := _ports(values) if {
	values.protocol in ["tcp", "6"]
} else := plan.together({"unknown", _ports(values)}) if {
	plan.is_mark(values.protocol)
} else := "pass"

# A port that is left out ends the range nowhere.
_ports(values) := "pass" if {
	_ends(values, 22)
} else := "pass" if {
	_begins(values, 3389)
} else := "unknown" if {
	some end in ["from_port", "to_port"]
	plan.is_mark(values[end])
} else := "fail" if {
	some port in [22, 3389]
	not _ends(values, port)
	not _begins(values, port)
} else := "pass"

# Whether the range ends before a port, or begins after it. A mark is less than no number.
_ends(values, port) if values.to_port < port

_begins(values, port) if {
	is_number(values.from_port)
	values.from_port > port
}
