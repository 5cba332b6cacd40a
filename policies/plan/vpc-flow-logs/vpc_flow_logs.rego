# METADATA
# title: The traffic of every VPC is logged
# description: >-
#   For every VPC there is a flow log with its vpc_id.
# custom:
#   id: vpc-flow-logs
#   profile: production
#   severity: medium
#   scope: set
#   why: >-
#     Without them nobody can say afterwards who talked to whom.
#   fix: >-
#     Add an aws_flow_log whose vpc_id is the VPC's id.
#   reference: https://docs.aws.amazon.com/vpc/latest/userguide/flow-logs.html
package hallmark.plan.vpc_flow_logs

import data.hallmark.lib.plan

applies := plan.ids({"aws_vpc"})

violations contains plan.violation(entry, [], "no flow log has its vpc_id") if {
	some entry in plan.of_types({"aws_vpc"})
	logs := plan.companions(entry, "aws_flow_log", "vpc_id")
	count(logs.sure) + count(logs.possible) == 0
}

unknowns contains plan.unknown_of(entry, log, ["vpc_id"]) if {
	some entry in plan.of_types({"aws_vpc"})
	logs := plan.companions(entry, "aws_flow_log", "vpc_id")
	count(logs.sure) == 0
	some log in logs.possible
}
