# METADATA
# title: Databases have no public address
# description: >-
#   publicly_accessible of every database instance is not true. Left out it is not.
# custom:
#   id: rds-public
#   profile: baseline
#   severity: critical
#   scope: object
#   why: >-
#     A database that is open to all is tried all day, with every stolen password.
#   fix: >-
#     Leave publicly_accessible out, and reach the database from within the VPC.
#   reference: https://docs.aws.amazon.com/AmazonRDS/latest/UserGuide/USER_VPC.WorkingWithRDSInstanceinaVPC.html
package hallmark.plan.rds_public

import data.hallmark.lib.plan

applies := plan.ids({"aws_db_instance"})

violations contains plan.violation(entry, _path, "the database has a public address") if {
	some entry in plan.of_types({"aws_db_instance"})
	_verdict(entry) == "fail"
}

unknowns contains plan.unknown(entry, _path) if {
	some entry in plan.of_types({"aws_db_instance"})
	_verdict(entry) == "unknown"
}

_path := ["publicly_accessible"]

_verdict(entry) := plan.verdict(entry, _path, false, {false})
