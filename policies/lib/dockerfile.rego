# METADATA
# title: Stages, instructions and commands of Dockerfiles
# description: >-
#   input.objects is a list of {"id", "object"}; `object` is what gosrc/dockerfile-ast reads of a file: args (ARGs before
#   the first FROM), stages with base and instructions, and the commands of every script. What stands behind ONBUILD is
#   an instruction with `onbuild`.
package hallmark.lib.dockerfile

import data.hallmark.lib.objects

ids := {entry.id | some entry in input.objects}

# Every instruction in its stage, in the order of the file.
instructions := [one |
	some entry in input.objects
	some stage, made in entry.object.stages
	some index, spec in made.instructions
	one := {"id": entry.id, "stage": stage, "path": ["stages", stage, "instructions", index], "spec": spec}
]

# ARGs before the first FROM belong to no stage.
global_args := [one |
	some entry in input.objects
	some index, spec in object.get(entry.object, "args", [])
	one := {"id": entry.id, "path": ["args", index], "spec": spec}
]

named(names) := [one | some one in instructions; one.spec.name in names]

ids_of(places) := {one.id | some one in places}

finding(one, message) := objects.violation(one.id, one.path, message)

# The stage that is built when none is asked for.
target(entry) := count(entry.object.stages) - 1

# What makes the final image, in order: its own stage and those on which that one stands, without triggers.
final := [one | some one in instructions; is_final(one)]

is_final(one) if {
	in_final(one.id, one.stage)
	not one.spec.onbuild
}

in_final(id, stage) if stage in _lineage[id]

# The instruction that counts, of those of a name in the final image.
last(id, name) := found[count(found) - 1] if {
	found := [one | some one in _final_of[id]; one.spec.name == name]
}

# Comprehensions and not rules with a key: those would search all files again for each.
_final_of := {entry.id: found |
	some entry in input.objects
	found := [one |
		some stage in sort(_lineage[entry.id])
		some index, spec in entry.object.stages[stage].instructions
		not spec.onbuild
		one := {"id": entry.id, "path": ["stages", stage, "instructions", index], "spec": spec}
	]
}

_lineage := {entry.id: graph.reachable(edges, {target(entry)}) |
	some entry in input.objects
	edges := {number: {on | on := stage.base.stage} | some number, stage in entry.object.stages}
}

# Every image that is neither scratch nor a stage: under FROM, COPY --from and RUN --mount from.
images := [one |
	some one in array.concat(_bases, array.concat(_copied, _mounted))
	"image" in object.keys(one.source)
]

_bases := [one |
	some entry in input.objects
	some number, stage in entry.object.stages
	one := {"id": entry.id, "path": ["stages", number, "base"], "source": stage.base}
]

_copied := [object.union(one, {"path": array.concat(one.path, ["from"]), "source": one.spec.from}) |
	some one in named({"copy"})
]

_mounted := [object.union(one, {"path": array.concat(one.path, ["mounts", index, "from"]), "source": mount.from}) |
	some one in named({"run"})
	some index, mount in object.get(one.spec, "mounts", [])
]

# A variable without a value leaves it open what this stands for.
is_open(part) if part.unset

is_pinned(name) if regex.match(`^[^@\s]+@sha256:[0-9a-f]{64}$`, name)

# Every command of every script, with the instruction in which it stands.
commands := [made | some one in instructions; some made in beside(one)]

# The commands of the script in which one stands, itself among them.
beside(one) := [object.union(one, {"command": command, "number": number, "program": program(command)}) |
	some number, command in object.get(one.spec, "commands", [])
]

# The name of the program without its folder; a command that only sets variables has none.
program(command) := parts[count(parts) - 1] if {
	parts := split(command.words[0], "/")
}

# The words that are no options, the program's own name left out.
operands(command) := [word |
	some index, word in command.words
	index > 0
	not startswith(word, "-")
]

package_managers := {"apk", "apt", "apt-get", "aptitude", "dnf", "microdnf", "yum", "zypper"}

# Commands of package managers that bring packages in.
installs(one) if {
	one.program in package_managers
	some word in operands(one.command)
	word in {"add", "install", "reinstall", "localinstall", "groupinstall", "build-dep"}
}

# Variables that a place sets: ENV and ARG, also before the first FROM, and assignments of scripts.
variables := array.concat(
	[object.union(one, {"path": array.concat(one.path, ["pairs", index]), "key": pair.key, "value": object.get(pair, "value", "")}) |
		some one in array.concat(global_args, named({"arg", "env"}))
		some index, pair in one.spec.pairs
	],
	assignments,
)

# Variables that scripts set: before a command or alone, by env and by sudo.
assignments := [object.union(one, pair) |
	some one in commands
	some pair in array.concat(object.get(one.command, "assigns", []), _of_wrapper(one))
]

_of_wrapper(one) := [pair |
	one.program in {"env", "sudo"}
	some word in one.command.words
	pair := assigned(word)
	regex.match(`^[A-Za-z_][A-Za-z0-9_]*$`, pair.key)
]

# The two sides of the first = in a word.
assigned(word) := {"key": key, "value": trim_prefix(word, concat("=", [key, ""]))} if {
	contains(word, "=")
	key := split(word, "=")[0]
}

# The modes that are given to files: by COPY and ADD, by chmod, by mkdir and install.
modes := array.concat(
	[object.union(one, {"mode": one.spec.chmod}) | some one in named({"copy", "add"})],
	[object.union(one, {"mode": mode}) |
		some one in commands
		some mode in _given(one)
	],
)

_given(one) := {mode |
	one.program == "chmod"
	mode := [word |
		some index, word in one.command.words
		index > 0
		not regex.match(`^-(-.*|[RcfvhHLP]+)$`, word)
	][0]
} | {mode |
	one.program in {"mkdir", "install"}
	some mode in _created(one.command.words)
}

# -m 777, --mode 777; -m777, -Dm777, --mode=777
_created(words) := {mode |
	some index, word in words
	regex.match(`^(-[a-zA-Z]*m|--mode)$`, word)
	mode := words[index + 1]
} | {regex.replace(word, `^(-[a-zA-Z]*m|--mode=)`, "") |
	some word in words
	regex.match(`^(-[a-zA-Z]*m[0-7]|--mode=)`, word)
}
