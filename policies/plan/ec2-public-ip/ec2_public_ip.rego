# METADATA
# title: Instances get no public address
# description: >-
#   associate_public_ip_address of every instance and launch configuration, and of every network interface of
#   a launch template, is not true. Left out the subnet decides.
# custom:
#   id: ec2-public-ip
#   profile: production
#   severity: medium
#   scope: object
#   why: >-
#     What has a public address is found and tried within minutes.
#   fix: >-
#     Leave associate_public_ip_address out, or set it to false, and let traffic in through a load balancer.
#   reference: https://docs.aws.amazon.com/vpc/latest/userguide/vpc-ip-addressing.html
package hallmark.plan.ec2_public_ip

import data.hallmark.lib.plan

applies := plan.ids(_types | {_template})

violations contains plan.violation(entry, path, "gets a public address") if {
	some entry in plan.of_types(_types | {_template})
	some path in _paths(entry)
	_verdict(entry, path) == "fail"
}

unknowns contains plan.unknown(entry, path) if {
	some entry in plan.of_types(_types | {_template})
	some path in _paths(entry)
	_verdict(entry, path) == "unknown"
}

unknowns contains plan.unknown(entry, ["network_interfaces"]) if {
	some entry in plan.of_types({_template})
	plan.blocks_open(entry, "network_interfaces")
}

_types := {"aws_instance", "aws_launch_configuration"}

_template := "aws_launch_template"

_paths(entry) := [["associate_public_ip_address"]] if entry.type in _types

_paths(entry) := [array.concat(block.path, ["associate_public_ip_address"]) | some block in plan.blocks(entry, "network_interfaces")] if {
	entry.type == _template
}

# A launch template holds a text.
_verdict(entry, path) := plan.verdict(entry, path, false, {false, "false", ""})
