# METADATA
# title: Log groups have an end
# description: >-
#   retention_in_days of every log group is given and not 0, which stands for ever.
# custom:
#   id: cw-log-retention
#   profile: production
#   severity: low
#   scope: object
#   why: >-
#     Logs that are never deleted cost more every month, and keep personal data for longer than anybody may.
#   fix: >-
#     Set retention_in_days.
#   reference: https://docs.aws.amazon.com/AmazonCloudWatch/latest/logs/Working-with-log-groups-and-streams.html
package hallmark.plan.cw_log_retention

import data.hallmark.lib.plan

applies := plan.ids({"aws_cloudwatch_log_group"})

violations contains plan.violation(entry, _path, "the logs are kept for ever") if {
	some entry in plan.of_types({"aws_cloudwatch_log_group"})
	plan.value(entry, _path, 0) == 0
}

unknowns contains plan.unknown(entry, _path) if {
	some entry in plan.of_types({"aws_cloudwatch_log_group"})
	plan.is_open(entry, _path)
}

_path := ["retention_in_days"]
