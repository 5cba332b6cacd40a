# METADATA
# title: Every container has a readinessProbe
# description: >-
#   Every container that is no init container has a readinessProbe with a handler. Jobs and CronJobs are not
#   judged.
# custom:
#   id: readiness-probe
#   profile: production
#   severity: medium
#   scope: object
#   why: >-
#     Without it a pod takes traffic before it can answer, and keeps it when it no longer can.
#   fix: >-
#     Add a readinessProbe.
#   reference: https://kubernetes.io/docs/concepts/configuration/liveness-readiness-startup-probes/
package hallmark.manifests.readiness_probe

import data.hallmark.lib.workload

applies := workload.serving_ids

violations contains workload.finding(container, ["readinessProbe"], "has no readinessProbe") if {
	some container in workload.serving_containers
	not workload.asks(object.get(container.spec, "readinessProbe", {}))
}
