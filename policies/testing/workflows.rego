# METADATA
# title: What the tests of the rules about workflows start from
# description: >-
#   The examples of the rules, by "<rule>/<name>", as they are read (workflows.json, kept in step by a test).
package hallmark.testing.workflows

# Examples as a set, with ids from 0.
set(names) := {"objects": [object.union({"id": number}, data.testing.workflows[name]) | some number, name in names]}

# Where something was found in the set: the example and the way to the value.
places(found) := {place |
	some one in found
	place := concat("/", [sprintf("%v", [step]) | some step in one.path])
}
