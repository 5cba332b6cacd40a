# METADATA
# title: Tables can be restored to any second
# description: >-
#   point_in_time_recovery of every table is enabled.
# custom:
#   id: dynamodb-pitr
#   profile: production
#   severity: medium
#   scope: object
#   why: >-
#     A wrong deployment or a deletion is undone only with a copy of the second before it.
#   fix: >-
#     Set point_in_time_recovery { enabled = true }.
#   reference: https://docs.aws.amazon.com/amazondynamodb/latest/developerguide/Point-in-time-recovery.html
package hallmark.plan.dynamodb_pitr

import data.hallmark.lib.plan

applies := plan.ids({"aws_dynamodb_table"})

violations contains plan.violation(entry, _path, "it cannot be restored to a point in time") if {
	some entry in plan.of_types({"aws_dynamodb_table"})
	_verdict(entry) == "fail"
}

unknowns contains plan.unknown(entry, _path) if {
	some entry in plan.of_types({"aws_dynamodb_table"})
	_verdict(entry) == "unknown"
}

_path := ["point_in_time_recovery", 0, "enabled"]

_verdict(entry) := plan.verdict(entry, _path, false, {true})
