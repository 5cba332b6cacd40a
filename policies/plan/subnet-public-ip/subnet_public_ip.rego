# METADATA
# title: Subnets give out no public addresses
# description: >-
#   map_public_ip_on_launch of every subnet is not true. Left out it is not.
# custom:
#   id: subnet-public-ip
#   profile: production
#   severity: medium
#   scope: object
#   why: >-
#     What is started in such a subnet is open to the Internet without anybody having asked for it.
#   fix: >-
#     Leave map_public_ip_on_launch out.
#   reference: https://docs.aws.amazon.com/vpc/latest/userguide/subnet-public-ip.html
package hallmark.plan.subnet_public_ip

import data.hallmark.lib.plan

applies := plan.ids({"aws_subnet"})

violations contains plan.violation(entry, _path, "what starts in it gets a public address") if {
	some entry in plan.of_types({"aws_subnet"})
	_verdict(entry) == "fail"
}

unknowns contains plan.unknown(entry, _path) if {
	some entry in plan.of_types({"aws_subnet"})
	_verdict(entry) == "unknown"
}

_path := ["map_public_ip_on_launch"]

_verdict(entry) := plan.verdict(entry, _path, false, {false})
