# METADATA
# title: The objects of a set
# description: >-
#   input.objects is a list of {"id", "type", "version", "namespaced", "object"}: `id` is the number by which a
#   violation names the object, `type` is "<group>/<kind>" (the core group is empty: "/Pod"). Values that were null
#   are left out.
package hallmark.lib.objects

# By type, whatever the version: of["apps/Deployment"] is a list, and undefined when there is none.
of[type] := entries if {
	some type in {entry.type | some entry in input.objects}
	entries := [entry | some entry in input.objects; entry.type == type]
}

# What a rule says is wrong: in which object, at which path, and how.
violation(id, path, message) := {"object": id, "path": path, "message": message}

namespace(entry) := object.get(entry.object, ["metadata", "namespace"], "")

name(entry) := object.get(entry.object, ["metadata", "name"], "")
