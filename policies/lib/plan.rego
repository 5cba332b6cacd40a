# METADATA
# title: The resources of a Terraform plan or state
# description: >-
#   input.objects is a list of {"id", "address", "type", "name", "values", "actions", "exists", "computed",
#   "constants", "documents", "taggable", "document"}. `values` are the arguments as they will be: what is null or left
#   out is missing, and what is known after apply only is {"$unknown": {"references", "resources", "types", "opaque"}} in its
#   place, at any depth. `computed` are the arguments that the configuration leaves to the provider, `constants` what
#   the configuration holds literally, `documents` the IAM documents behind unknown arguments, `document` the number
#   of the plan. A provider is of the type "provider". `exists` is false for what the plan deletes. What is deleted,
#   for good or because it is replaced, has `before` as well, the arguments as they were.
package hallmark.lib.plan

# The resources of these types that will exist.
of_types(types) := [entry | some entry in input.objects; entry.type in types; entry.exists]

ids(types) := {entry.id | some entry in of_types(types)}

violation(entry, path, message) := {"object": entry.id, "path": path, "message": message}

# What is open, and on what it depends.
unknown(entry, path) := {"object": entry.id, "path": path, "message": sprintf("%s of %s is known after apply only%s", [_written(path), entry.address, _because(entry, path)])}

# Whether an argument, or what it stands in, is known after apply only.
is_open(entry, path) if {
	some way in _ways(path)
	is_mark(object.get(entry.values, way, null))
}

# The ways to an argument: the first step, the first two, …, all.
_ways(path) := [array.slice(path, 0, length) | some length in numbers.range(1, count(path))]

is_mark(value) if is_object(value["$unknown"])

# Whether anything in a value is open, at any depth.
has_mark(value) if {
	walk(value, [_, part])
	is_mark(part)
}

# The value of an argument, or the default when it is left out. An open one is its mark.
value(entry, path, default_) := object.get(entry.values, path, default_)

# {"state": "known", "value": …}, {"state": "unknown"} or {"state": "absent"}.
get(entry, path) := {"state": "unknown"} if {
	is_open(entry, path)
} else := {"state": "absent"} if {
	value(entry, path, null) == null
} else := {"state": "known", "value": value(entry, path, null)}

# Whether an argument is one of the wanted values: "pass", "fail" or "unknown"; left out is as the default.
verdict(entry, path, default_, wanted) := "unknown" if {
	is_open(entry, path)
} else := "pass" if {
	value(entry, path, default_) in wanted
} else := "fail"

# Whether an argument is given at all, with anything in it.
given(entry, path) := "unknown" if {
	is_open(entry, path)
} else := "fail" if {
	value(entry, path, "") in ["", [], {}]
} else := "pass"

# Whether an open argument refers to resources of these types and to nothing else.
refers(entry, path, types) if {
	said := object.get(entry.values, path, {})["$unknown"]
	not said.opaque
	count(said.types) > 0
	every type in said.types {
		type in types
	}
}

# Whether a KMS key is given: by name, or as the unknown id of a key that is made at the same time.
key_given(entry, path) := "pass" if {
	refers(entry, path, {"aws_kms_key", "aws_kms_alias", "aws_kms_external_key", "aws_kms_replica_key", "aws_kms_replica_external_key"})
} else := given(entry, path)

# The blocks of a name with their paths, those of which nothing is known left out.
blocks(entry, name) := [{"path": [name, index], "value": block} |
	found := value(entry, [name], [])
	is_array(found)
	some index, block in found
	not is_mark(block)
]

# Whether there may be blocks of a name that no provider computes: a `dynamic` one over something that is unknown.
blocks_open(entry, name) if is_open(entry, [name])

blocks_open(entry, name) if name in entry.computed

# The resources of a type that belong to another by one of their arguments: surely (the same literal name, or a
# reference to that resource and no other), or possibly.
companions(entry, type, argument) := {"sure": sure, "possible": possible} if {
	others := [other | some other in of_types({type}); other.document == entry.document]
	sure := [other | some other in others; _belongs(other.values[argument], entry)]
	possible := [other | some other in others; _may_belong(other.values[argument], entry)]
}

# What is open about a resource because an argument of a companion is.
unknown_of(entry, companion, path) := {"object": entry.id, "path": [], "message": unknown(companion, path).message}

# The verdict on a resource of which one companion must pass, from the verdicts on these by id.
by_companions(found, verdicts) := "pass" if {
	some other in found.sure
	verdicts[other.id] == "pass"
} else := "fail" if {
	every other in array.concat(found.sure, found.possible) {
		verdicts[other.id] == "fail"
	}
} else := "unknown"

# Why that verdict is unknown: whether a companion belongs to it (its argument `link`), or what the companion is.
open_companions(entry, found, verdicts, link, path) := {said |
	some other in found.possible
	verdicts[other.id] != "fail"
	said := unknown_of(entry, other, [link])
} | {said |
	some other in found.sure
	verdicts[other.id] == "unknown"
	said := unknown_of(entry, other, path)
}

# The verdict on what fails only when all of its parts do, and passes when one of them does.
together(verdicts) := "pass" if {
	"pass" in verdicts
} else := "unknown" if {
	"unknown" in verdicts
} else := "fail" if {
	verdicts == {"fail"}
}

# The verdict on what passes only when all of its parts do, and fails when one of them does.
worst(verdicts) := "fail" if {
	"fail" in verdicts
} else := "unknown" if {
	"unknown" in verdicts
} else := "pass" if {
	every verdict in verdicts {
		verdict == "pass"
	}
}

_belongs(link, entry) if link in _names(entry)

_belongs(link, entry) if {
	link["$unknown"].resources == [entry.address]
	not link["$unknown"].opaque
}

_may_belong(link, entry) if {
	not _belongs(link, entry)
	_overlaps(link["$unknown"], entry)
}

_overlaps(said, _) if said.opaque

_overlaps(said, entry) if entry.address in said.resources

# A name that is made of the same unknown parts may be the same.
_overlaps(said, entry) if {
	some key in _identities
	entry.values[key]["$unknown"].references == said.references
	count(said.references) > 0
}

_identities := {"id", "arn", "bucket", "name"}

_names(entry) := {name | some key in _identities; name := entry.values[key]; is_string(name)}

_written(path) := trim_prefix(concat("", [_step(step) | some step in path]), ".")

_step(step) := sprintf("[%d]", [step]) if is_number(step)

_step(step) := sprintf(".%s", [step]) if is_string(step)

_because(entry, path) := sprintf(": it depends on %s", [concat(", ", sort(references))]) if {
	references := {reference |
		walk(_part(entry, path), [_, part])
		some reference in part["$unknown"].references
	}
	count(references) > 0
} else := ""

# What stands at a path, or the mark that stands on the way to it.
_part(entry, path) := [part |
	some way in _ways(path)
	part := object.get(entry.values, way, null)
	_is_last(part, path, way)
][0]

_is_last(part, _, _) if is_mark(part)

_is_last(_, path, path)
