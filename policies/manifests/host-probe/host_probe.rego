# METADATA
# title: No probe or hook names a host
# description: >-
#   No host stands in the httpGet or tcpSocket of a probe or lifecycle hook; loopback too is refused, as Pod
#   Security does since Kubernetes 1.34.
# custom:
#   id: host-probe
#   profile: baseline
#   severity: medium
#   scope: object
#   why: >-
#     The kubelet asks from the node: a host there lets a pod make the node send requests anywhere.
#   fix: >-
#     Remove host from the probe; it then asks the pod itself.
#   reference: https://kubernetes.io/docs/concepts/security/pod-security-standards/
package hallmark.manifests.host_probe

import data.hallmark.lib.workload

applies := workload.ids

violations contains workload.finding(container, array.concat(handler, [action, "host"]), sprintf("names a host in its %s", [concat(".", handler)])) if {
	some container in workload.containers
	some handler in _handlers
	some action in ["httpGet", "tcpSocket"]
	object.get(container.spec, array.concat(handler, [action, "host"]), "") != ""
}

_handlers := [
	["livenessProbe"], ["readinessProbe"], ["startupProbe"],
	["lifecycle", "postStart"], ["lifecycle", "preStop"],
]
