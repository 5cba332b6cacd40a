# METADATA
# title: No port for ssh
# description: >-
#   No containerPort is 22 over TCP, which a port is where it names no protocol.
# custom:
#   id: ssh-port
#   profile: production
#   severity: medium
#   scope: object
#   why: >-
#     A shell over the network is a way in that nobody watches: past the API server, its authorization and its
#     audit log.
#   fix: >-
#     Remove the port, and the server behind it; use kubectl debug.
#   reference: https://kubernetes.io/docs/concepts/security/security-checklist/
package hallmark.manifests.ssh_port

import data.hallmark.lib.workload

applies := workload.ids

violations contains workload.finding(container, ["ports", index, "containerPort"], "listens on the port of ssh") if {
	some container in workload.containers
	some index, port in container.spec.ports
	port.containerPort == 22
	object.get(port, "protocol", "TCP") == "TCP"
}
