# METADATA
# title: Tags of images cannot be moved
# description: >-
#   image_tag_mutability of every repository is IMMUTABLE. Left out it is MUTABLE.
# custom:
#   id: ecr-immutable
#   profile: production
#   severity: medium
#   scope: object
#   why: >-
#     What was tested under a tag and what is pulled by it later may differ without a trace.
#   fix: >-
#     Set image_tag_mutability = "IMMUTABLE".
#   reference: https://docs.aws.amazon.com/AmazonECR/latest/userguide/image-tag-mutability.html
package hallmark.plan.ecr_immutable

import data.hallmark.lib.plan

applies := plan.ids({"aws_ecr_repository"})

violations contains plan.violation(entry, _path, "its tags can be moved") if {
	some entry in plan.of_types({"aws_ecr_repository"})
	_verdict(entry) == "fail"
}

unknowns contains plan.unknown(entry, _path) if {
	some entry in plan.of_types({"aws_ecr_repository"})
	_verdict(entry) == "unknown"
}

_path := ["image_tag_mutability"]

_verdict(entry) := plan.verdict(entry, _path, null, {"IMMUTABLE"})
