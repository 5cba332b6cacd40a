# METADATA
# title: KMS keys are rotated
# description: >-
#   enable_key_rotation is true on every symmetric key for encryption; AWS cannot rotate any other. It is off by
#   default.
# custom:
#   id: kms-rotation
#   profile: production
#   severity: medium
#   scope: object
#   why: >-
#     What one key ever encrypted is lost with it; a rotated key limits how much that is, at no cost to its users.
#   fix: >-
#     Set enable_key_rotation = true.
#   reference: https://docs.aws.amazon.com/kms/latest/developerguide/rotate-keys.html
package hallmark.plan.kms_rotation

import data.hallmark.lib.plan

applies := {entry.id | some entry in _keys}

violations contains plan.violation(entry, _path, "the key is not rotated") if {
	some entry in _keys
	_symmetric(entry) == "pass"
	_rotated(entry) == "fail"
}

# A key that may be asymmetric must not be rotated.
unknowns contains plan.unknown(entry, ["customer_master_key_spec"]) if {
	some entry in _keys
	_symmetric(entry) == "unknown"
	_rotated(entry) != "pass"
}

unknowns contains plan.unknown(entry, _path) if {
	some entry in _keys
	_symmetric(entry) == "pass"
	_rotated(entry) == "unknown"
}

_path := ["enable_key_rotation"]

_keys := [entry | some entry in plan.of_types({"aws_kms_key"}); _symmetric(entry) != "fail"]

_rotated(entry) := plan.verdict(entry, _path, false, {true})

_symmetric(entry) := plan.verdict(entry, ["customer_master_key_spec"], "SYMMETRIC_DEFAULT", {"SYMMETRIC_DEFAULT"})
