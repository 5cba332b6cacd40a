# METADATA
# title: The containers of Deployments
package hallmark.lib.containers

ids := {entry.id | some entry in input.objects; entry.type == "apps/Deployment"}

all := [container |
	some entry in input.objects
	entry.id in ids
	some field in ["containers", "initContainers"]
	some index, spec in object.get(entry.object.spec.template.spec, field, [])
	container := {
		"id": entry.id,
		"name": spec.name,
		"field": field,
		"path": ["spec", "template", "spec", field, index],
		"security": object.get(spec, "securityContext", {}),
	}
]

finding(container, path, problem) := {
	"object": container.id,
	"path": array.concat(container.path, path),
	"message": sprintf("container %s %s", [container.name, problem]),
}
