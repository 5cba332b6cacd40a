# METADATA
# title: What the tests of the rules about Dockerfiles start from
# description: >-
#   The examples of the rules, by "<rule>/<name>", as the parser reads them (dockerfiles.json, kept in step by a test).
package hallmark.testing.dockerfiles

# Examples as a set, with ids from 0.
set(names) := {"objects": [object.union({"id": number}, data.testing.dockerfiles[name]) | some number, name in names]}

# What was found in an example: its line, and behind it the way on from the part that stands on that line.
places(name, found) := {place |
	some one in found
	lines := [[depth, part.line] |
		some depth in numbers.range(0, count(one.path))
		part := object.get(data.testing.dockerfiles[name].object, array.slice(one.path, 0, depth), {})
		is_object(part)
		"line" in object.keys(part)
	]
	[depth, line] := lines[count(lines) - 1]
	rest := [sprintf("%v", [step]) | some step in array.slice(one.path, depth, count(one.path))]
	place := trim_space(sprintf("%d %s", [line, concat("/", rest)]))
}
