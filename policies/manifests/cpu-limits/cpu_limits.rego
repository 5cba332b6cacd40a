# METADATA
# title: Every container has resources.limits.cpu
# description: >-
#   Every container and init container has resources.limits.cpu, of more than 0, which to Kubernetes is no
#   limit. Limits of the whole pod, and those that a LimitRange fills in, don't count. Ephemeral containers
#   have no resources.
# custom:
#   id: cpu-limits
#   profile: production
#   severity: low
#   scope: object
#   why: >-
#     Without a limit one container can take everything of its node from all others.
#   fix: >-
#     Set resources.limits.cpu.
#   reference: https://kubernetes.io/docs/concepts/configuration/manage-resources-containers/
package hallmark.manifests.cpu_limits

import data.hallmark.lib.workload

applies := workload.ids

violations contains workload.finding(container, ["resources", "limits"], "has no resources.limits.cpu") if {
	some container in workload.resourced_containers
	not workload.bounds(container, "limits", "cpu")
}
