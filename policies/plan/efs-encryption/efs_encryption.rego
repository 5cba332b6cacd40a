# METADATA
# title: File systems are encrypted
# description: >-
#   encrypted of every EFS file system is true. Left out it is not.
# custom:
#   id: efs-encryption
#   profile: baseline
#   severity: high
#   scope: object
#   why: >-
#     A copy that gets into other hands can be read by them, and it cannot be encrypted later.
#   fix: >-
#     Set encrypted = true.
#   reference: https://docs.aws.amazon.com/efs/latest/ug/encryption-at-rest.html
package hallmark.plan.efs_encryption

import data.hallmark.lib.plan

applies := plan.ids({"aws_efs_file_system"})

violations contains plan.violation(entry, _path, "the file system is not encrypted") if {
	some entry in plan.of_types({"aws_efs_file_system"})
	_verdict(entry) == "fail"
}

unknowns contains plan.unknown(entry, _path) if {
	some entry in plan.of_types({"aws_efs_file_system"})
	_verdict(entry) == "unknown"
}

_path := ["encrypted"]

_verdict(entry) := plan.verdict(entry, _path, false, {true})
