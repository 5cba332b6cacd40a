# METADATA
# title: Every container has resources.requests.ephemeral-storage
# description: >-
#   Every container has resources.requests.ephemeral-storage.
# custom:
#   id: ephemeral-storage-requests
#   profile: production
#   severity: low
#   scope: object
#   why: >-
#     Without a request the scheduler takes the container for nothing and packs the node until it chokes.
#   fix: >-
#     Set resources.requests.ephemeral-storage.
#   reference: https://kubernetes.io/docs/concepts/configuration/manage-resources-containers/
package hallmark.manifests.ephemeral_storage_requests

import data.hallmark.lib.workload

applies := workload.ids

violations contains workload.finding(container, ["resources", "requests"], "has no resources.requests.ephemeral-storage") if {
	some container in workload.resourced_containers
	not _is_bounded(container)
}

_is_bounded(container) if "ephemeral-storage" in object.keys(object.get(container.spec, ["resources", "requests"], {}))

# A limit without a request is the request: the API server fills it in.
_is_bounded(container) if "ephemeral-storage" in object.keys(object.get(container.spec, ["resources", "limits"], {}))
