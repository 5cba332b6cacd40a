# METADATA
# title: The disks of instances are encrypted
# description: >-
#   encrypted of root_block_device and of every ebs_block_device of an instance or launch configuration is
#   true. A root block device that is left out is not, unless the account says so, which a plan doesn't tell.
# custom:
#   id: instance-ebs-encryption
#   profile: baseline
#   severity: high
#   scope: object
#   why: >-
#     A snapshot or a disk that gets into other hands can be read by them.
#   fix: >-
#     Set encrypted = true in root_block_device and in every ebs_block_device.
#   reference: https://docs.aws.amazon.com/ebs/latest/userguide/ebs-encryption.html
package hallmark.plan.instance_ebs_encryption

import data.hallmark.lib.plan

applies := plan.ids(_types)

violations contains plan.violation(entry, path, "the disk is not encrypted") if {
	some entry in plan.of_types(_types)
	some path in _disks(entry)
	_verdict(entry, path) == "fail"
}

unknowns contains plan.unknown(entry, path) if {
	some entry in plan.of_types(_types)
	some path in _disks(entry)
	_verdict(entry, path) == "unknown"
}

_types := {"aws_instance", "aws_launch_configuration"}

# The root disk is always there; of the others what is written.
_disks(entry) := ({["root_block_device", 0, "encrypted"]} | {array.concat(block.path, ["encrypted"]) |
	some block in plan.blocks(entry, "ebs_block_device")
}) | {["ebs_block_device"] | plan.is_open(entry, ["ebs_block_device"])}

_verdict(entry, path) := plan.verdict(entry, path, false, {true})
