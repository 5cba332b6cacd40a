# METADATA
# title: The default security group of every VPC is empty
# description: >-
#   For every VPC there is an aws_default_security_group with its vpc_id, which has neither ingress nor
#   egress. Terraform takes all rules from such a group that its configuration doesn't have.
# custom:
#   id: default-sg-closed
#   profile: production
#   severity: medium
#   scope: set
#   why: >-
#     What is started without a group gets the default one, which lets everything in it talk to everything in
#     it.
#   fix: >-
#     Add an aws_default_security_group with the vpc_id of the VPC and no rules.
#   reference: https://docs.aws.amazon.com/vpc/latest/userguide/default-security-group.html
package hallmark.plan.default_sg_closed

import data.hallmark.lib.plan

applies := plan.ids({"aws_vpc", _group})

violations contains plan.violation(entry, [direction], "the default group has rules") if {
	some entry in plan.of_types({_group})
	some direction in _directions
	_empty(entry, direction) == "fail"
}

unknowns contains plan.unknown(entry, [direction]) if {
	some entry in plan.of_types({_group})
	some direction in _directions
	_empty(entry, direction) == "unknown"
}

violations contains plan.violation(entry, [], "no default security group without rules has its vpc_id") if {
	some entry in plan.of_types({"aws_vpc"})
	plan.by_companions(plan.companions(entry, _group, "vpc_id"), _verdicts) == "fail"
}

unknowns contains said if {
	some entry in plan.of_types({"aws_vpc"})
	groups := plan.companions(entry, _group, "vpc_id")
	plan.by_companions(groups, _verdicts) == "unknown"
	some direction in _directions
	verdicts := {group.id: _empty(group, direction) | some group in plan.of_types({_group})}
	some said in plan.open_companions(entry, groups, verdicts, "vpc_id", [direction])
}

_group := "aws_default_security_group"

_directions := {"ingress", "egress"}

_empty(entry, direction) := plan.verdict(entry, [direction], [], {[]})

_verdicts := {entry.id: plan.worst({_empty(entry, direction) | some direction in _directions}) | some entry in plan.of_types({_group})}
