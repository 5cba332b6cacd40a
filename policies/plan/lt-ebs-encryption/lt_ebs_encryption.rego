# METADATA
# title: The disks of launch templates are encrypted
# description: >-
#   encrypted of every ebs in block_device_mappings of a launch template is true; the provider holds it as a
#   text. A mapping without ebs is not judged.
# custom:
#   id: lt-ebs-encryption
#   profile: baseline
#   severity: high
#   scope: object
#   why: >-
#     A snapshot or a disk that gets into other hands can be read by them.
#   fix: >-
#     Set encrypted = true in every ebs block.
#   reference: https://docs.aws.amazon.com/ebs/latest/userguide/ebs-encryption.html
package hallmark.plan.lt_ebs_encryption

import data.hallmark.lib.plan

applies := plan.ids({"aws_launch_template"})

violations contains plan.violation(entry, path, "the disk is not encrypted") if {
	some entry in plan.of_types({"aws_launch_template"})
	some path in _disks(entry)
	plan.verdict(entry, path, null, {"true", true}) == "fail"
}

unknowns contains plan.unknown(entry, path) if {
	some entry in plan.of_types({"aws_launch_template"})
	some path in _disks(entry)
	plan.is_open(entry, path)
}

unknowns contains plan.unknown(entry, ["block_device_mappings"]) if {
	some entry in plan.of_types({"aws_launch_template"})
	plan.blocks_open(entry, "block_device_mappings")
}

_disks(entry) := [array.concat(mapping.path, ["ebs", 0, "encrypted"]) |
	some mapping in plan.blocks(entry, "block_device_mappings")
	object.get(mapping.value, "ebs", []) != []
]
