# METADATA
# title: No volume on the socket of a container runtime
# description: >-
#   No volume on the socket of a container runtime.
# custom:
#   id: docker-socket
#   profile: baseline
#   severity: critical
#   scope: object
#   why: >-
#     Whoever can talk to the runtime can start a privileged container.
#   fix: >-
#     Build images and start pods through the API instead.
#   reference: https://kubernetes.io/docs/concepts/security/pod-security-standards/
package hallmark.manifests.docker_socket

import data.hallmark.lib.workload

applies := workload.ids

violations contains workload.pod_finding(pod, ["volumes", index], sprintf("mounts the container runtime's socket in volume %s", [volume.name])) if {
	some pod in workload.pods
	some index, volume in pod.spec.volumes
	_socket(volume.hostPath.path)
}

# The socket itself, or the folder in which it is; with /var/run, doubled and trailing slashes made alike.
_socket(path) if {
	plain := regex.replace(trim_right(regex.replace(path, "/+", "/"), "/"), "^/var/run", "/run")
	plain in {
		"/run/docker.sock",
		"/run/containerd",
		"/run/containerd/containerd.sock",
		"/run/k3s/containerd",
		"/run/k3s/containerd/containerd.sock",
		"/run/crio",
		"/run/crio/crio.sock",
		"/run/cri-dockerd.sock",
		"/run/podman/podman.sock",
	}
}
