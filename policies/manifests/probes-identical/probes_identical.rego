# METADATA
# title: Liveness and readiness ask different things
# description: >-
#   The livenessProbe and readinessProbe of a container differ in anything: in what they ask, or in how often,
#   how long and how many times. A value that is left out is its default. Containers with one of the two are
#   not judged wrong.
# custom:
#   id: probes-identical
#   profile: production
#   severity: low
#   scope: object
#   why: >-
#     The same question twice makes Kubernetes kill a pod that only needed a moment without traffic.
#   fix: >-
#     Let liveness ask whether the process is alive, and readiness whether it can serve.
#   reference: https://kubernetes.io/docs/concepts/configuration/liveness-readiness-startup-probes/
package hallmark.manifests.probes_identical

import data.hallmark.lib.workload

applies := workload.ids

violations contains workload.finding(container, ["readinessProbe"], "has the same liveness and readiness probe") if {
	some container in workload.containers
	_whole(container.spec.livenessProbe) == _whole(container.spec.readinessProbe)
}

# A probe with what the API server fills in.
_whole(probe) := object.union(
	{"failureThreshold": 3, "initialDelaySeconds": 0, "periodSeconds": 10, "successThreshold": 1, "timeoutSeconds": 1},
	object.union(probe, {"httpGet": object.union({"path": "/", "scheme": "HTTP"}, object.get(probe, "httpGet", {}))}),
)
