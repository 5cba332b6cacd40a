# METADATA
# title: Repositories are encrypted with KMS
# description: >-
#   encryption_type of every repository is KMS or KMS_DSSE. Left out it is AES256.
# custom:
#   id: ecr-kms
#   profile: production
#   severity: medium
#   scope: object
#   why: >-
#     With KMS every use of the key leaves a trail, and the key can be one's own.
#   fix: >-
#     Set encryption_configuration { encryption_type = "KMS" }. It cannot be changed later.
#   reference: https://docs.aws.amazon.com/AmazonECR/latest/userguide/encryption-at-rest.html
package hallmark.plan.ecr_kms

import data.hallmark.lib.plan

applies := plan.ids({"aws_ecr_repository"})

violations contains plan.violation(entry, _path, "it is not encrypted with KMS") if {
	some entry in plan.of_types({"aws_ecr_repository"})
	_verdict(entry) == "fail"
}

unknowns contains plan.unknown(entry, _path) if {
	some entry in plan.of_types({"aws_ecr_repository"})
	_verdict(entry) == "unknown"
}

_path := ["encryption_configuration", 0, "encryption_type"]

_verdict(entry) := plan.verdict(entry, _path, null, {"KMS", "KMS_DSSE"})
