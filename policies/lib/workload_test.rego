package hallmark.lib.workload_test

import data.hallmark.lib.workload
import data.hallmark.testing

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
		found := workload.containers with input as testing.as_kind(type, [])
		[concat("/", container.pod.path) | some container in found] == [path]
	}
}

test_finds_init_and_ephemeral_containers if {
	set := testing.only(["apps/Deployment"], [testing.extra("initContainers"), testing.extra("ephemeralContainers")])
	found := workload.containers with input as set
	{container.field | some container in found} == {"containers", "initContainers", "ephemeralContainers"}
}
