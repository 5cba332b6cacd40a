# METADATA
# title: Databases are encrypted
# description: >-
#   storage_encrypted of every database instance is true. Left out it is not.
# custom:
#   id: rds-encryption
#   profile: baseline
#   severity: high
#   scope: object
#   why: >-
#     A snapshot that gets into other hands can be read by them, and it cannot be encrypted later.
#   fix: >-
#     Set storage_encrypted = true.
#   reference: https://docs.aws.amazon.com/AmazonRDS/latest/UserGuide/Overview.Encryption.html
package hallmark.plan.rds_encryption

import data.hallmark.lib.plan

applies := plan.ids({"aws_db_instance"})

violations contains plan.violation(entry, _path, "the database is not encrypted") if {
	some entry in plan.of_types({"aws_db_instance"})
	_verdict(entry) == "fail"
}

unknowns contains plan.unknown(entry, _path) if {
	some entry in plan.of_types({"aws_db_instance"})
	_verdict(entry) == "unknown"
}

_path := ["storage_encrypted"]

_verdict(entry) := plan.verdict(entry, _path, false, {true})
