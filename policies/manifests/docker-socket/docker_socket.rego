# METADATA
# title: No volume on the socket of a container runtime
# description: >-
#   No hostPath volume is the socket of a container runtime (docker, containerd, CRI-O, cri-dockerd, podman),
#   wherever it stands and by whatever way /run or /var/run is written; nor one of the folders from / down in
#   which such sockets are. On Windows their named pipes are meant.
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

violations contains workload.pod_finding(pod, ["volumes", index], sprintf("reaches a container runtime's socket by volume %v", [object.get(volume, "name", "?")])) if {
	some pod in workload.pods
	some index, volume in pod.spec.volumes
	_reaches_socket(volume.hostPath.path)
}

_reaches_socket(path) if regex.match(`/(containerd|cri-dockerd|crio|docker|dockershim|podman)\.sock/$`, _plain(path))

_reaches_socket(path) if {
	some folder in ["/run/containerd/", "/run/crio/", "/run/k3s/containerd/", "/run/podman/"]
	startswith(folder, _plain(path))
}

_reaches_socket(path) if regex.match(`(?i)^[/\\]{2}\.[/\\]pipe[/\\](containerd-containerd|cri-dockerd|docker_engine)$`, path)

# A path without what says nothing in it, with a slash at its end; /var/run is /run on every node.
_plain(path) := regex.replace(concat("", array.concat(["/"], steps)), "^/var/run/", "/run/") if {
	steps := [concat("", [step, "/"]) | some step in split(path, "/"); not step in {"", "."}]
}
