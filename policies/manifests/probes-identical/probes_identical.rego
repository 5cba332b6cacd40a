# METADATA
# title: Liveness and readiness ask different things
# description: >-
#   Liveness and readiness ask different things.
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
	container.spec.livenessProbe == container.spec.readinessProbe
}
