# METADATA
# title: What the tests of the rules start from
# description: >-
#   The kit's own rendered production stage and a few kinds that it doesn't use (rendered.json, kept in step by a
#   test), of which a test changes one field. Nothing in a test is typed from memory.
package hallmark.testing

# The whole set, unchanged.
all := {"objects": data.testing.rendered}

# The whole set, with JSON patches made to every object of a type.
changed(type, patches) := patched(all, type, patches)

# A set, with JSON patches made to every object of a type.
patched(set, type, patches) := {"objects": [json.patch(entry, [{"op": "replace", "path": "/object", "value": _patched(entry, type, patches)}]) |
	some entry in set.objects
]}

# A set whose objects of one type are of another that has the same fields.
retyped(set, from, to) := {"objects": [object.union(entry, _types(entry, from, to)) | some entry in set.objects]}

# The whole set without the objects of a type.
without(type) := {"objects": [entry | some entry in data.testing.rendered; entry.type != type]}

# Only the objects of some types, with patches made to those of the first.
only(types, patches) := {"objects": [entry | some entry in changed(types[0], patches).objects; entry.type in types]}

# A set with more objects: copies of those of a type, with patches made to them. Their ids begin at 1000.
doubled(set, type, patches) := {"objects": array.concat(set.objects, [twin |
	some entry in set.objects
	entry.type == type
	twin := object.union(object.remove(entry, ["object"]), {"id": entry.id + 1000, "object": json.patch(entry.object, patches)})
])}

# The objects of two sets as one; the ids of the second begin at 1000.
joined(set, other) := {"objects": array.concat(set.objects, [object.union(entry, {"id": entry.id + 1000}) | some entry in other.objects])}

# The ids of the objects of some types.
ids(set, types) := {entry.id | some entry in set.objects; entry.type in types}

# What of the set describes pods.
workloads := {"apps/Deployment", "apps/StatefulSet", "batch/CronJob"}

# The Deployment's pod template as a Pod, a CronJob and so on: the same patches must be found in each.
as_kind(type, patches) := {"objects": [{
	"id": 0,
	"type": type,
	"version": "v1",
	"namespaced": true,
	"object": _wrapped(type, json.patch(_template, patches)),
}]}

# A patch that gives the Deployment one more container, as good as its own; an init container runs on as a sidecar.
extra(field) := {"op": "add", "path": sprintf("/spec/template/spec/%s", [field]), "value": [_extra[field]]}

_extra["initContainers"] := object.union(_container, {"restartPolicy": "Always"})

_extra["ephemeralContainers"] := object.remove(
	_container,
	{"ports", "resources", "livenessProbe", "readinessProbe", "startupProbe", "lifecycle"},
)

_container := object.union(_template.spec.containers[0], {"name": "extra"})

# The kinds of containers in a pod.
containers := ["containers", "initContainers", "ephemeralContainers"]

# The set with patches made to the spec of the Deployment's pods.
pod(patches) := changed("apps/Deployment", [_below("/spec/template/spec", one) | some one in patches])

# The set with patches made to a container of the Deployment: its own, or one more of another kind.
container(field, patches) := changed("apps/Deployment", array.concat(
	[extra(field) | field != "containers"],
	[_below(sprintf("/spec/template/spec/%s/0", [field]), one) | some one in patches],
))

# The set whose Deployment has its container twice, with patches made to both.
twice(patches) := changed("apps/Deployment", array.concat(
	[{"op": "copy", "from": "/spec/template/spec/containers/0", "path": "/spec/template/spec/containers/1"}],
	[_below(sprintf("/spec/template/spec/containers/%d", [index]), one) | some index in [0, 1]; some one in patches],
))

# The set whose Deployment mounts an image as well: what is said of it.
image_volume(said) := pod([{"op": "add", "path": "/volumes/-", "value": {"name": "model", "image": said}}])

# Where that is said.
in_image_volume(field) := in_pod([sprintf("volumes/1/image/%s", [field])])

_below(path, patch) := object.union(patch, {"path": concat("", [path, patch.path])})

# Places in the spec of the Deployment's pods.
in_pod(paths) := {sprintf("Deployment: spec/template/spec/%s", [path]) | some path in paths}

# Where violations were found: "Kind: path".
places(set, violations) := {place |
	some violation in violations
	some entry in set.objects
	entry.id == violation.object
	steps := [sprintf("%v", [step]) | some step in violation.path]
	place := sprintf("%s: %s", [split(entry.type, "/")[1], concat("/", steps)])
}

# Which kinds a rule applies to.
kinds(set, applies) := {split(entry.type, "/")[1] | some entry in set.objects; entry.id in applies}

_template := [entry.object.spec.template | some entry in data.testing.rendered; entry.type == "apps/Deployment"][0]

_patched(entry, type, patches) := json.patch(entry.object, patches) if entry.type == type

_patched(entry, type, _) := entry.object if entry.type != type

_types(entry, from, to) := {"type": to, "object": {"kind": split(to, "/")[1]}} if entry.type == from

_types(entry, from, _) := {} if entry.type != from

_wrapped("/Pod", template) := json.patch(template, [
	{"op": "add", "path": "/apiVersion", "value": "v1"},
	{"op": "add", "path": "/kind", "value": "Pod"},
])

_wrapped("/PodTemplate", template) := {"apiVersion": "v1", "kind": "PodTemplate", "metadata": {"name": "quotes"}, "template": template}

_wrapped("batch/CronJob", template) := {"apiVersion": "batch/v1", "kind": "CronJob", "metadata": {"name": "quotes"}, "spec": {"jobTemplate": {"spec": {"template": template}}}}

_wrapped(type, template) := {"apiVersion": "v1", "kind": split(type, "/")[1], "metadata": {"name": "quotes"}, "spec": {"template": template}} if {
	not type in {"/Pod", "/PodTemplate", "batch/CronJob"}
}
