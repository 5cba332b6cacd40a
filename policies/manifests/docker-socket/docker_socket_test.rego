package hallmark.manifests.docker_socket_test

import data.hallmark.manifests.docker_socket
import data.hallmark.testing

test_denies_docker_socket if {
	set := testing.changed("apps/Deployment", [{"op": "add", "path": "/spec/template/spec/volumes/-", "value": {"name": "host", "hostPath": {"path": "/var/run/docker.sock"}}}])
	found := docker_socket.violations with input as set
	testing.places(set, found) == {"Deployment: spec/template/spec/volumes/1"}
}

test_denies_containerd_socket_under_run if {
	set := testing.changed("apps/Deployment", [{"op": "add", "path": "/spec/template/spec/volumes/-", "value": {"name": "host", "hostPath": {"path": "/run/containerd//containerd.sock/"}}}])
	found := docker_socket.violations with input as set
	testing.places(set, found) == {"Deployment: spec/template/spec/volumes/1"}
}

test_denies_folder_of_a_socket if {
	set := testing.changed("apps/Deployment", [{"op": "add", "path": "/spec/template/spec/volumes/-", "value": {"name": "host", "hostPath": {"path": "/run/containerd"}}}])
	found := docker_socket.violations with input as set
	testing.places(set, found) == {"Deployment: spec/template/spec/volumes/1"}
}

test_allows_what_is_as_it_should_be if {
	set := testing.all
	found := docker_socket.violations with input as set
	count(found) == 0
}

test_allows_another_path if {
	set := testing.changed("apps/Deployment", [{"op": "add", "path": "/spec/template/spec/volumes/-", "value": {"name": "host", "hostPath": {"path": "/var/log"}}}])
	found := docker_socket.violations with input as set
	count(found) == 0
}

test_applies_to_its_kinds_only if {
	found := docker_socket.applies with input as testing.all
	testing.kinds(testing.all, found) == {"CronJob", "Deployment", "StatefulSet"}
}
