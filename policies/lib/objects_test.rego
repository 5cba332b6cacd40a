package hallmark.lib.objects_test

import data.hallmark.lib.objects
import data.hallmark.testing

_ids(set, type) := found if {
	found := [entry.id | some entry in objects.of[type]] with input as set
}

test_finds_every_object_of_a_type if {
	_ids(testing.all, "/Service") == [entry.id | some entry in testing.all.objects; entry.type == "/Service"]
	count(_ids(testing.all, "/Service")) == 2
	_ids(testing.all, "/Pod") == []
}

test_finds_what_has_moved_where_it_is_now if {
	moved := {
		"extensions/DaemonSet": "apps/DaemonSet",
		"extensions/Deployment": "apps/Deployment",
		"extensions/Ingress": "networking.k8s.io/Ingress",
		"extensions/NetworkPolicy": "networking.k8s.io/NetworkPolicy",
		"extensions/ReplicaSet": "apps/ReplicaSet",
	}
	every former, type in moved {
		set := {"objects": [
			{"id": 7, "type": former, "object": {}},
			{"id": 8, "type": type, "object": {}},
			{"id": 9, "type": "/Service", "object": {}},
		]}
		_ids(set, type) == [7, 8]
		_ids(set, former) == []
	}
}

test_knows_every_object if {
	ids := objects.ids with input as testing.all
	ids == {entry.id | some entry in testing.all.objects}
}

test_reads_name_and_namespace if {
	entry := {"object": {"metadata": {"name": "a", "namespace": "b"}}}
	[objects.name(entry), objects.namespace(entry)] == ["a", "b"]
	[objects.name({"object": {}}), objects.namespace({"object": {"metadata": {}}})] == ["", ""]
}

test_says_where_and_what if {
	objects.violation(7, ["spec"], "is wrong") == {"object": 7, "path": ["spec"], "message": "is wrong"}
}
