# METADATA
# title: Every container has resources.limits.memory
# description: >-
#   Every container and init container has resources.limits.memory, of more than 0, which to Kubernetes is no
#   limit. Limits of the whole pod, and those that a LimitRange fills in, don't count. Ephemeral containers
#   have no resources.
# custom:
#   id: memory-limits
#   profile: production
#   severity: high
#   scope: object
#   why: >-
#     Without a limit one container can take everything of its node from all others.
#   fix: >-
#     Set resources.limits.memory.
#   reference: https://kubernetes.io/docs/concepts/configuration/manage-resources-containers/
package hallmark.manifests.memory_limits

import data.hallmark.lib.workload

applies := workload.ids

violations contains workload.finding(container, ["resources", "limits"], "has no resources.limits.memory") if {
	some container in workload.resourced_containers
	not workload.bounds(container, "limits", "memory")
}
