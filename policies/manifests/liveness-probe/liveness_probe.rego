# METADATA
# title: Every container has a livenessProbe
# description: >-
#   Every container that is no init container has a livenessProbe with a handler. Jobs and CronJobs are not
#   judged.
# custom:
#   id: liveness-probe
#   profile: production
#   severity: medium
#   scope: object
#   why: >-
#     A process that hangs is restarted only if somebody asks it.
#   fix: >-
#     Add a livenessProbe.
#   reference: https://kubernetes.io/docs/concepts/configuration/liveness-readiness-startup-probes/
package hallmark.manifests.liveness_probe

import data.hallmark.lib.workload

applies := workload.serving_ids

violations contains workload.finding(container, ["livenessProbe"], "has no livenessProbe") if {
	some container in workload.serving_containers
	not workload.asks(object.get(container.spec, "livenessProbe", {}))
}
