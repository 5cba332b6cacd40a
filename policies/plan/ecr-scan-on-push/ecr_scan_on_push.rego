# METADATA
# title: Images are scanned when they are pushed
# description: >-
#   scan_on_push of every repository is true. Left out it is false.
# custom:
#   id: ecr-scan-on-push
#   profile: production
#   severity: medium
#   scope: object
#   why: >-
#     An image with a known flaw should be known before it runs.
#   fix: >-
#     Set image_scanning_configuration { scan_on_push = true }.
#   reference: https://docs.aws.amazon.com/AmazonECR/latest/userguide/image-scanning.html
package hallmark.plan.ecr_scan_on_push

import data.hallmark.lib.plan

applies := plan.ids({"aws_ecr_repository"})

violations contains plan.violation(entry, _path, "images are not scanned when they are pushed") if {
	some entry in plan.of_types({"aws_ecr_repository"})
	_verdict(entry) == "fail"
}

unknowns contains plan.unknown(entry, _path) if {
	some entry in plan.of_types({"aws_ecr_repository"})
	_verdict(entry) == "unknown"
}

_path := ["image_scanning_configuration", 0, "scan_on_push"]

_verdict(entry) := plan.verdict(entry, _path, false, {true})
