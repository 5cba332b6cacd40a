# METADATA
# title: The objects of a set
# description: >-
#   input.objects is a list of {"id", "type", "version", "namespaced", "object"}: `id` is the number by which a
#   violation names the object, `type` is "<group>/<kind>" (the core group is empty: "/Pod"). Values that were null
#   are left out.
package hallmark.lib.objects

# By type, whatever the version: of["apps/Deployment"] is a list, and undefined when there is none. A kind that has
# moved to another group is found by the one where it is now.
of := {type: entries |
	some type in {one.type | some one in _typed}
	entries := [one.entry | some one in _typed; one.type == type]
}

ids := {entry.id | some entry in input.objects}

_typed := [{"type": object.get(_moved, entry.type, entry.type), "entry": entry} | some entry in input.objects]

_moved := {
	"extensions/DaemonSet": "apps/DaemonSet",
	"extensions/Deployment": "apps/Deployment",
	"extensions/Ingress": "networking.k8s.io/Ingress",
	"extensions/NetworkPolicy": "networking.k8s.io/NetworkPolicy",
	"extensions/ReplicaSet": "apps/ReplicaSet",
}

# What a rule says is wrong: in which object, at which path, and how.
violation(id, path, message) := {"object": id, "path": path, "message": message}

namespace(entry) := object.get(entry.object, ["metadata", "namespace"], "")

name(entry) := object.get(entry.object, ["metadata", "name"], "")
