# METADATA
# title: Every container has resources.limits.memory
# description: >-
#   Every container has resources.limits.memory.
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
	not _is_bounded(container)
}

_is_bounded(container) if "memory" in object.keys(object.get(container.spec, ["resources", "limits"], {}))
