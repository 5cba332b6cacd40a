# METADATA
# title: Pods and containers, wherever they are described
# description: >-
#   Every pod of the set, be it a Pod or the template of something that makes pods, and every container in it, init
#   and ephemeral ones included. `path` leads from the object to the pod's spec, or to the container.
package hallmark.lib.workload

import data.hallmark.lib.objects

_templates := {
	"/Pod": [],
	"/PodTemplate": ["template"],
	"/ReplicationController": ["spec", "template"],
	"apps/DaemonSet": ["spec", "template"],
	"apps/Deployment": ["spec", "template"],
	"apps/ReplicaSet": ["spec", "template"],
	"apps/StatefulSet": ["spec", "template"],
	"batch/CronJob": ["spec", "jobTemplate", "spec", "template"],
	"batch/Job": ["spec", "template"],
	"extensions/DaemonSet": ["spec", "template"],
	"extensions/Deployment": ["spec", "template"],
	"extensions/ReplicaSet": ["spec", "template"],
}

# Arrays and not sets: comparing whole pods with each other would be the most expensive part of an evaluation.
pods := [pod |
	some type, path in _templates
	some entry in objects.of[type]
	template := object.get(entry.object, path, {})
	spec := object.get(template, "spec", {})
	pod := {
		"id": entry.id,
		"type": type,
		"name": objects.name(entry),
		"namespace": objects.namespace(entry),
		"object": entry.object,
		"labels": object.get(template, ["metadata", "labels"], {}),
		"annotations": object.get(template, ["metadata", "annotations"], {}),
		"path": array.concat(path, ["spec"]),
		"template_path": path,
		"spec": spec,
		"security": object.get(spec, "securityContext", {}),
		"windows": object.get(spec, ["os", "name"], "linux") == "windows",
	}
]

containers := [container |
	some pod in pods
	some field in ["containers", "initContainers", "ephemeralContainers"]
	some index, spec in object.get(pod.spec, field, [])
	container := {
		"id": pod.id,
		"name": spec.name,
		"field": field,
		"path": array.concat(pod.path, [field, index]),
		"spec": spec,
		"security": object.get(spec, "securityContext", {}),
		"pod": pod,
	}
]

# The ids of everything that describes a pod.
ids := {pod.id | some pod in pods}

# Of the pods that are not Windows ones: the demands on Linux features say nothing about those.
linux_ids := {pod.id | some pod in pods; not pod.windows}

linux_containers := [container | some container in containers; not container.pod.windows]

# Containers that have resources: an ephemeral one has none.
resourced_containers := [container | some container in containers; container.field != "ephemeralContainers"]

# The long-running containers of pods that are to run on: those of Jobs end by themselves.
serving_ids := {pod.id | some pod in pods; not pod.type in {"batch/Job", "batch/CronJob"}}

serving_containers := [container |
	some container in containers
	container.field == "containers"
	container.id in serving_ids
]

# The value that counts for a container: its own, else its pod's.
effective(container, field) := container.security[field]

effective(container, field) := container.pod.security[field] if not field in object.keys(container.security)

# What a violation in a container says, with the container's name.
finding(container, path, problem) := objects.violation(
	container.id,
	array.concat(container.path, path),
	sprintf("container %s %s", [container.name, problem]),
)

# What a violation in a pod's spec says.
pod_finding(pod, path, problem) := objects.violation(
	pod.id,
	array.concat(pod.path, path),
	sprintf("the pod %s", [problem]),
)
