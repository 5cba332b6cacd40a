# METADATA
# title: Pods and containers, wherever they are described
# description: >-
#   Every pod of the set, be it a Pod or the template of something that makes pods, and every container in it, init
#   and ephemeral ones included. `path` leads from the object to the pod's spec, or to the container.
package hallmark.lib.workload

import data.hallmark.lib.objects
import data.hallmark.lib.quantities
import data.hallmark.lib.selectors

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
		"windows": object.get(spec, ["os", "name"], null) == "windows",
	}
]

containers := [container |
	some pod in pods
	some field in ["containers", "initContainers", "ephemeralContainers"]
	some index, spec in object.get(pod.spec, field, [])
	container := {
		"id": pod.id,
		"name": object.get(spec, "name", ""),
		"field": field,
		"path": array.concat(pod.path, [field, index]),
		"spec": spec,
		"security": object.get(spec, "securityContext", {}),
		"pod": pod,
	}
]

# The ids of those whose pods a selector selects in a namespace. Looked up and not searched for: a rule over a whole
# set asks this for every object of it.
selected(namespace, selector) := {id |
	with_labels := {object.get(_labelled, [[namespace, key, value]], set()) | some key, value in selector.matchLabels}
	some id in intersection(with_labels | {object.get(_in_namespace, namespace, set())})
	selectors.expressions_hold(selector, _labels[id])
}

_labels := {pod.id: pod.labels | some pod in pods}

_in_namespace := {namespace: found |
	some namespace in {pod.namespace | some pod in pods}
	found := {pod.id | some pod in pods; pod.namespace == namespace}
}

_labelled := {label: found |
	some label in {one.label | some one in _pairs}
	found := {one.id | some one in _pairs; one.label == label}
}

_pairs := [{"id": pod.id, "label": [pod.namespace, key, value]} | some pod in pods; some key, value in pod.labels]

# The ids of everything that describes a pod.
ids := {pod.id | some pod in pods}

# Every image that a pod runs or, as a volume, mounts: `part` is what it belongs to, with the way to its parts.
images := array.concat(
	[image |
		some container in containers
		image := {
			"id": container.id,
			"part": sprintf("container %s", [container.name]),
			"reference": object.get(container.spec, "image", ""),
			"reference_path": array.concat(container.path, ["image"]),
			"policy": object.get(container.spec, "imagePullPolicy", ""),
			"policy_path": array.concat(container.path, ["imagePullPolicy"]),
		}
	],
	[image |
		some pod in pods
		some index, volume in pod.spec.volumes
		spec := volume.image
		path := array.concat(pod.path, ["volumes", index, "image"])
		image := {
			"id": pod.id,
			"part": sprintf("volume %v", [object.get(volume, "name", "?")]),
			"reference": object.get(spec, "reference", ""),
			"reference_path": array.concat(path, ["reference"]),
			"policy": object.get(spec, "pullPolicy", ""),
			"policy_path": array.concat(path, ["pullPolicy"]),
		}
	],
)

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

# Whether a request or limit is one: 0 is to the kubelet and the scheduler as if it were left out.
bounds(container, side, resource) if quantities.amount(container.spec.resources[side][resource]) > 0

# Whether a probe asks anything: one without a handler is refused by the API server.
asks(probe) if {
	some handler in ["exec", "grpc", "httpGet", "tcpSocket"]
	handler in object.keys(probe)
}

# The service account that a pod runs under: the deprecated field counts where the other names none.
account(pod) := array.concat(
	[name | some field in ["serviceAccountName", "serviceAccount"]; name := pod.spec[field]; name != ""],
	["default"],
)[0]

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
