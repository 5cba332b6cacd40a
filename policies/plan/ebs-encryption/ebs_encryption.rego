# METADATA
# title: Volumes are encrypted
# description: >-
#   encrypted of every EBS volume is true. Left out it is not, unless the account says so, which a plan
#   doesn't tell.
# custom:
#   id: ebs-encryption
#   profile: baseline
#   severity: high
#   scope: object
#   why: >-
#     A snapshot or a disk that gets into other hands can be read by them.
#   fix: >-
#     Set encrypted = true.
#   reference: https://docs.aws.amazon.com/ebs/latest/userguide/ebs-encryption.html
package hallmark.plan.ebs_encryption

import data.hallmark.lib.plan

applies := plan.ids({"aws_ebs_volume"})

violations contains plan.violation(entry, _path, "the volume is not encrypted") if {
	some entry in plan.of_types({"aws_ebs_volume"})
	_verdict(entry) == "fail"
}

unknowns contains plan.unknown(entry, _path) if {
	some entry in plan.of_types({"aws_ebs_volume"})
	_verdict(entry) == "unknown"
}

_path := ["encrypted"]

_verdict(entry) := plan.verdict(entry, _path, false, {true})
