package hallmark.manifests.docker_socket_test

import data.hallmark.manifests.docker_socket
import data.hallmark.testing

_with(path) := testing.changed("apps/Deployment", [{"op": "add", "path": "/spec/template/spec/volumes/-", "value": {"name": "host", "hostPath": {"path": path}}}])

test_denies_every_socket_and_its_folder if {
	every path in [
		"/run/docker.sock", "/var/run/docker.sock", "//var//run/docker.sock", "/run/containerd", "/run/containerd/",
		"/run/containerd/containerd.sock", "/run/containerd//containerd.sock/", "/run/k3s/containerd",
		"/run/k3s/containerd/containerd.sock", "/run/crio", "/var/run/crio/crio.sock", "/run/crio/crio.sock",
		"/run/cri-dockerd.sock", "/run/podman/podman.sock",
	] {
		found := docker_socket.violations with input as _with(path)
		testing.places(_with(path), found) == {"Deployment: spec/template/spec/volumes/1"}
	}
}

test_allows_what_is_as_it_should_be if {
	set := testing.all
	found := docker_socket.violations with input as set
	count(found) == 0
}

test_allows_another_path if {
	every path in ["/var/log", "/run/docker.sock~", "/srv/var/run/docker.sock"] {
		found := docker_socket.violations with input as _with(path)
		count(found) == 0
	}
}

test_applies_to_its_kinds_only if {
	found := docker_socket.applies with input as testing.all
	testing.kinds(testing.all, found) == {"CronJob", "Deployment", "StatefulSet"}
}
