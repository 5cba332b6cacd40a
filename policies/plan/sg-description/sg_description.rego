# METADATA
# title: Security groups and their rules say what they are for
# description: >-
#   A security group, each of its inline rules, and each resource for a rule have a description that is not
#   empty. "Managed by Terraform", which the provider sets where none is given, is none.
# custom:
#   id: sg-description
#   profile: production
#   severity: low
#   scope: object
#   why: >-
#     A rule that nobody can explain is never removed.
#   fix: >-
#     Set description. That of a group cannot be changed later without replacing it.
#   reference: https://docs.aws.amazon.com/vpc/latest/userguide/security-group-rules.html
package hallmark.plan.sg_description

import data.hallmark.lib.plan

applies := plan.ids(_types)

violations contains plan.violation(entry, path, "has no description of its own") if {
	some entry in plan.of_types(_types)
	some path in _places(entry)
	not plan.is_open(entry, path)
	not _is_said(plan.value(entry, path, ""))
}

unknowns contains plan.unknown(entry, path) if {
	some entry in plan.of_types(_types)
	some path in _places(entry)
	plan.is_open(entry, path)
}

unknowns contains plan.unknown(entry, [direction]) if {
	some entry in plan.of_types({"aws_security_group"})
	some direction in _directions
	plan.is_open(entry, [direction])
}

_types := {"aws_security_group", "aws_security_group_rule", "aws_vpc_security_group_ingress_rule"}

_directions := {"ingress", "egress"}

# Where a description must stand.
_places(entry) := {["description"]} | {array.concat(block.path, ["description"]) |
	some direction in _directions
	some block in plan.blocks(entry, direction)
}

_is_said(text) if not trim_space(text) in {"", "Managed by Terraform"}
