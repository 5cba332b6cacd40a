package hallmark.manifests.docker_socket_test

import data.hallmark.manifests.docker_socket
import data.hallmark.testing

_places(set) := testing.places(set, found) if {
	found := docker_socket.violations with input as set
}

_with(volumes) := testing.pod([{"op": "add", "path": "/volumes/-", "value": volume} | some volume in volumes])

_host(path) := {"name": "host", "hostPath": {"path": path}}

test_denies_every_socket if {
	every path in [
		"/run/docker.sock", "/run/containerd/containerd.sock", "/run/k3s/containerd/containerd.sock",
		"/run/crio/crio.sock", "/run/cri-dockerd.sock", "/run/dockershim.sock", "/run/podman/podman.sock",
		"/var/run/docker.sock", "/var/run/crio/crio.sock", "/var/snap/docker/run/docker.sock",
		"//run//docker.sock/", "/run/./docker.sock", "/./var/./run/docker.sock", "/var//run/cri-dockerd.sock",
	] {
		_places(_with([_host(path)])) == testing.in_pod(["volumes/1"])
	}
}

test_denies_every_folder_on_the_way if {
	every path in [
		"/", "/run", "/run/", "/var/run", "/var/run/", "//var/run", "/./var/./run", "/run/containerd", "/run/crio",
		"/run/k3s", "/run/./k3s/containerd", "/run/podman", "/var/run/containerd", "/var/run/k3s/containerd/",
	] {
		_places(_with([_host(path)])) == testing.in_pod(["volumes/1"])
	}
}

test_denies_every_named_pipe if {
	every path in [`\\.\pipe\docker_engine`, `\\.\pipe\containerd-containerd`, `//./pipe/cri-dockerd`, `\\.\PIPE\Docker_Engine`] {
		_places(_with([_host(path)])) == testing.in_pod(["volumes/1"])
	}
}

test_denies_both_of_two if {
	_places(_with([_host("/run/docker.sock"), _host("/var/log"), _host("/run/docker.sock")])) == testing.in_pod(["volumes/1", "volumes/3"])
}

test_denies_volume_without_a_name if {
	_places(_with([{"hostPath": {"path": "/run/docker.sock"}}])) == testing.in_pod(["volumes/1"])
}

test_allows_other_paths if {
	every path in [
		"/var/log", "/var", "/run/other", "/run/containerd/io", "/run/containerd2", "/srv/run", "/srv/var/run", "/var/running",
		"/run/docker.socket", "/run/docker.sock/a", `\\.\pipe\other`, `C:\docker_engine`, `\\.\pipe\docker_engine2`,
	] {
		_places(_with([_host(path)])) == set()
	}
}

test_allows_what_is_no_path_of_the_node if {
	_places(_with([{"name": "docker.sock", "emptyDir": {}}, {"name": "a", "hostPath": {}}])) == set()
}

test_allows_what_is_as_it_should_be if {
	_places(testing.all) == set()
}

test_applies_to_its_kinds_only if {
	found := docker_socket.applies with input as testing.all
	found == testing.ids(testing.all, testing.workloads)
}
