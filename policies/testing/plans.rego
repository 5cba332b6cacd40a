# METADATA
# title: What the tests of the rules over plans start from
# description: >-
#   The examples of each rule, planned by Terraform itself and read as the engine reads them (plans/<id>.json, kept in
#   step by a test). A test says what a rule finds in one, and may change a value where Terraform would not plan it.
package hallmark.testing.plans

# The resources of an example of a rule: of("kms-rotation", "fail").
of(rule, example) := {"objects": data.testing.plans[rule][example]}

# The same with JSON patches made to one resource's entry.
changed(rule, example, address, patches) := {"objects": [_patched(entry, address, patches) | some entry in of(rule, example).objects]}

_patched(entry, address, patches) := json.patch(entry, patches) if entry.address == address

_patched(entry, address, _) := entry if entry.address != address

# Where something was found: "aws_kms_key.a: enable_key_rotation".
places(set, found) := {place |
	some one in found
	some entry in set.objects
	entry.id == one.object
	steps := [sprintf("%v", [step]) | some step in one.path]
	place := sprintf("%s: %s", [entry.address, concat(".", steps)])
}

# The addresses of some ids.
addresses(set, ids) := {entry.address | some entry in set.objects; entry.id in ids}
