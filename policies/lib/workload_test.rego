package hallmark.lib.workload_test

import data.hallmark.lib.workload
import data.hallmark.testing

_deployment := "apps/Deployment"

_every_container := testing.only([_deployment], [testing.extra("initContainers"), testing.extra("ephemeralContainers")])

_windows := {"op": "add", "path": "/spec/template/spec/os", "value": {"name": "windows"}}

# Every kind that carries a pod template gives its pod, and the way to it.
test_finds_the_pod_of_every_kind if {
	expected := {
		"/Pod": "spec",
		"/PodTemplate": "template/spec",
		"/ReplicationController": "spec/template/spec",
		"apps/DaemonSet": "spec/template/spec",
		"apps/Deployment": "spec/template/spec",
		"apps/ReplicaSet": "spec/template/spec",
		"apps/StatefulSet": "spec/template/spec",
		"batch/CronJob": "spec/jobTemplate/spec/template/spec",
		"batch/Job": "spec/template/spec",
		"extensions/DaemonSet": "spec/template/spec",
		"extensions/Deployment": "spec/template/spec",
		"extensions/ReplicaSet": "spec/template/spec",
	}
	every type, path in expected {
		set := testing.as_kind(type, [])
		found := workload.containers with input as set
		[concat("/", container.pod.path) | some container in found] == [path]
		ids := workload.ids with input as set
		ids == {0}
		pods := workload.pods with input as set
		[[pod.labels, pod.spec.serviceAccountName, concat("/", array.concat(pod.template_path, ["spec"]))] | some pod in pods] == [[_labels, "quotes", path]]
	}
}

_labels := {
	"app.kubernetes.io/managed-by": "hallmark",
	"app.kubernetes.io/name": "quotes",
	"app.kubernetes.io/part-of": "quotes",
}

test_tells_of_a_pod_whose_it_is if {
	pods := workload.pods with input as testing.only([_deployment], [])
	[[pod.id, pod.type, pod.name, pod.namespace, pod.object.kind] | some pod in pods] == [[id, _deployment, "quotes", "production", "Deployment"] |
		some id in testing.ids(testing.all, {_deployment})
	]
	[pod.annotations["hallmark.dev/image-digest"] | some pod in pods] == ["sha256:0123456789abcdef0123456789abcdef0123456789abcdef0123456789abcdef"]
	[pod.security.runAsUser | some pod in pods] == [65532]
}

test_finds_a_pod_of_which_hardly_anything_is_said if {
	set := {"objects": [{"id": 3, "type": "batch/Job", "object": {}}]}
	pods := workload.pods with input as set
	pods == [{
		"id": 3, "type": "batch/Job", "name": "", "namespace": "", "object": {}, "labels": {}, "annotations": {},
		"path": ["spec", "template", "spec"], "template_path": ["spec", "template"],
		"spec": {}, "security": {}, "windows": false,
	}]
	containers := workload.containers with input as set
	containers == []
}

test_finds_init_and_ephemeral_containers if {
	found := workload.containers with input as _every_container
	[[container.field, container.name, concat("/", array.slice(container.path, 0, 4))] | some container in found] == [
		["containers", "quotes", "spec/template/spec/containers"],
		["initContainers", "extra", "spec/template/spec/initContainers"],
		["ephemeralContainers", "extra", "spec/template/spec/ephemeralContainers"],
	]
	[container.path[4] | some container in found] == [0, 0, 0]
	{container.id | some container in found} == testing.ids(testing.all, {_deployment})
	{container.security.runAsUser | some container in found} == {65532}
}

test_finds_a_container_without_name_or_context if {
	nameless := testing.only([_deployment], [{"op": "replace", "path": "/spec/template/spec/containers/0", "value": {}}])
	found := workload.containers with input as nameless
	[[container.name, container.security, container.spec] | some container in found] == [["", {}, {}]]
}

test_finds_the_image_of_every_container_and_image_volume if {
	more := [
		{"name": "model", "image": {"reference": "example.org/model:1", "pullPolicy": "Never"}},
		{"image": {}},
	]
	set := testing.patched(_every_container, _deployment, [{"op": "add", "path": "/spec/template/spec/volumes/-", "value": one} | some one in more])
	found := workload.images with input as set
	[[one.part, concat("/", [sprintf("%v", [step]) | some step in array.slice(one.reference_path, 3, 9)])] | some one in found] == [
		["container quotes", "containers/0/image"],
		["container extra", "initContainers/0/image"],
		["container extra", "ephemeralContainers/0/image"],
		["volume model", "volumes/1/image/reference"],
		["volume ?", "volumes/2/image/reference"],
	]
	[concat("/", [sprintf("%v", [step]) | some step in array.slice(one.policy_path, 3, 9)]) | some one in found] == [
		"containers/0/imagePullPolicy", "initContainers/0/imagePullPolicy", "ephemeralContainers/0/imagePullPolicy",
		"volumes/1/image/pullPolicy", "volumes/2/image/pullPolicy",
	]
	[one.policy | some one in found] == ["IfNotPresent", "IfNotPresent", "IfNotPresent", "Never", ""]
	array.slice([one.reference | some one in found], 3, 5) == ["example.org/model:1", ""]
	{one.id | some one in found} == testing.ids(testing.all, {_deployment})
	{array.slice(one.reference_path, 0, 3) | some one in found} == {["spec", "template", "spec"]}
}

test_finds_no_image_as_none if {
	found := workload.images with input as testing.only([_deployment], [{"op": "replace", "path": "/spec/template/spec/containers/0", "value": {}}])
	[[one.part, one.reference, one.policy] | some one in found] == [["container ", "", ""]]
}

test_leaves_out_ephemeral_containers_where_resources_count if {
	found := workload.resourced_containers with input as _every_container
	[container.field | some container in found] == ["containers", "initContainers"]
}

test_leaves_out_windows_pods_where_linux_counts if {
	ids := workload.linux_ids with input as testing.all
	ids == testing.ids(testing.all, testing.workloads)
	set := testing.changed(_deployment, [_windows])
	others := workload.linux_ids with input as set
	others == testing.ids(testing.all, {"apps/StatefulSet", "batch/CronJob"})
	containers := workload.linux_containers with input as set
	{container.id | some container in containers} == others
	all := workload.linux_containers with input as _every_container
	[container.field | some container in all] == ["containers", "initContainers", "ephemeralContainers"]
	linux := json.patch(_windows, [{"op": "replace", "path": "/value/name", "value": "linux"}])
	same := workload.linux_ids with input as testing.changed(_deployment, [linux])
	same == testing.ids(testing.all, testing.workloads)
}

test_leaves_out_jobs_and_init_containers_where_pods_serve if {
	ids := workload.serving_ids with input as testing.all
	ids == testing.ids(testing.all, {_deployment, "apps/StatefulSet"})
	job := workload.serving_ids with input as testing.as_kind("batch/Job", [])
	job == set()
	found := workload.serving_containers with input as _every_container
	[container.field | some container in found] == ["containers"]
	none := workload.serving_containers with input as testing.as_kind("batch/Job", [])
	none == []
}

test_takes_the_value_of_a_container_before_its_pod if {
	workload.effective({"security": {"a": 1}, "pod": {"security": {"a": 2}}}, "a") == 1
	workload.effective({"security": {"a": false}, "pod": {"security": {"a": true}}}, "a") == false
	workload.effective({"security": {}, "pod": {"security": {"a": 2}}}, "a") == 2
	not workload.effective({"security": {}, "pod": {"security": {}}}, "a")
}

test_takes_the_deprecated_account_only_where_no_other_is_named if {
	workload.account({"spec": {"serviceAccountName": "a", "serviceAccount": "b"}}) == "a"
	workload.account({"spec": {"serviceAccount": "b"}}) == "b"
	workload.account({"spec": {"serviceAccountName": "", "serviceAccount": "b"}}) == "b"
	workload.account({"spec": {}}) == "default"
}

test_knows_a_bound_by_its_amount if {
	container := {"spec": {"resources": {"limits": {"cpu": "1m", "memory": 0, "pods": "lots"}, "requests": {"memory": 1}}}}
	workload.bounds(container, "limits", "cpu")
	workload.bounds(container, "requests", "memory")
	not workload.bounds(container, "limits", "memory")
	not workload.bounds(container, "limits", "pods")
	not workload.bounds(container, "requests", "cpu")
	not workload.bounds({"spec": {}}, "limits", "cpu")
}

test_knows_a_probe_by_its_handler if {
	every handler in ["exec", "grpc", "httpGet", "tcpSocket"] {
		workload.asks({"periodSeconds": 1, handler: {}})
	}
	not workload.asks({})
	not workload.asks({"periodSeconds": 1})
}

_selected(namespace, selector) := found if {
	found := workload.selected(namespace, selector) with input as testing.all
}

test_selects_in_a_namespace_what_has_every_label if {
	_selected("production", {"matchLabels": {"app.kubernetes.io/name": "quotes"}}) == testing.ids(testing.all, {_deployment})
	_selected("production", {"matchLabels": {"app.kubernetes.io/name": "quotes", "app.kubernetes.io/part-of": "quotes"}}) == testing.ids(testing.all, {_deployment})
	_selected("production", {"matchLabels": {"app.kubernetes.io/name": "quotes", "app.kubernetes.io/part-of": "other"}}) == set()
	_selected("production", {"matchLabels": {"app.kubernetes.io/name": "ledger", "app.kubernetes.io/part-of": "quotes"}}) == set()
	_selected("staging", {"matchLabels": {"app.kubernetes.io/name": "quotes"}}) == set()
}

test_selects_by_expressions_too if {
	expression := {"key": "app.kubernetes.io/name", "operator": "NotIn", "values": ["quotes"]}
	_selected("production", {"matchExpressions": [expression]}) == testing.ids(testing.all, {"apps/StatefulSet", "batch/CronJob"})
	_selected("production", {"matchLabels": {"app.kubernetes.io/name": "quotes"}, "matchExpressions": [expression]}) == set()
	_selected("staging", {"matchExpressions": [expression]}) == set()
}

test_selects_everything_of_the_namespace_by_nothing if {
	_selected("production", {}) == testing.ids(testing.all, testing.workloads)
	_selected("production", {"matchLabels": {}}) == testing.ids(testing.all, testing.workloads)
	_selected("staging", {}) == set()
	moved := testing.changed(_deployment, [{"op": "replace", "path": "/metadata/namespace", "value": "staging"}])
	found := workload.selected("staging", {}) with input as moved
	found == testing.ids(testing.all, {_deployment})
}

test_places_a_violation_in_its_container_or_pod if {
	container := {"id": 7, "name": "a", "path": ["spec", "containers", 0]}
	workload.finding(container, ["image"], "is old") == {"object": 7, "path": ["spec", "containers", 0, "image"], "message": "container a is old"}
	workload.pod_finding({"id": 7, "path": ["spec"]}, ["volumes"], "is old") == {"object": 7, "path": ["spec", "volumes"], "message": "the pod is old"}
}
