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

# One resource of an example, with JSON patches made to its entry.
only(rule, example, address, patches) := {"objects": [json.patch(entry, patches) |
	some entry in of(rule, example).objects
	entry.address == address
]}

# What stands for a value that is known after apply only, and nothing is known of it.
mark := {"$unknown": {"references": [], "resources": [], "types": [], "opaque": true}}

# A patch that gives an argument a policy document with these statements, written as JSON.
written(argument, statements) := {"op": "add", "path": sprintf("/values/%s", [argument]), "value": json.marshal({"Statement": statements})}

# Patches that give an argument a document that is made later, of which these statements are known.
deferred(argument, statements) := [
	{"op": "add", "path": sprintf("/values/%s", [argument]), "value": mark},
	{"op": "add", "path": "/documents", "value": {argument: {"statement": statements}}},
]

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
