# METADATA
# title: Every container has resources.limits.ephemeral-storage
# description: >-
#   Every container and init container has resources.limits.ephemeral-storage, of more than 0, which to
#   Kubernetes is no limit. Limits of the whole pod, and those that a LimitRange fills in, don't count.
#   Ephemeral containers have no resources.
# custom:
#   id: ephemeral-storage-limits
#   profile: production
#   severity: low
#   scope: object
#   why: >-
#     Without a limit one container can take everything of its node from all others.
#   fix: >-
#     Set resources.limits.ephemeral-storage.
#   reference: https://kubernetes.io/docs/concepts/configuration/manage-resources-containers/
package hallmark.manifests.ephemeral_storage_limits

import data.hallmark.lib.workload

applies := workload.ids

violations contains workload.finding(container, ["resources", "limits"], "has no resources.limits.ephemeral-storage") if {
	some container in workload.resourced_containers
	not workload.bounds(container, "limits", "ephemeral-storage")
}
