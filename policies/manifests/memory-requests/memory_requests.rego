# METADATA
# title: Every container has resources.requests.memory
# description: >-
#   Every container and init container has resources.requests.memory, of more than 0. Where the request is
#   left out a limit is the request, since the API server fills it in. Requests of the whole pod, and those
#   that a LimitRange fills in, don't count. Ephemeral containers have no resources.
# custom:
#   id: memory-requests
#   profile: production
#   severity: medium
#   scope: object
#   why: >-
#     Without a request the scheduler takes the container for nothing and packs the node until it chokes.
#   fix: >-
#     Set resources.requests.memory.
#   reference: https://kubernetes.io/docs/concepts/configuration/manage-resources-containers/
package hallmark.manifests.memory_requests

import data.hallmark.lib.workload

applies := workload.ids

violations contains workload.finding(container, ["resources", "requests"], "has no resources.requests.memory") if {
	some container in workload.resourced_containers
	not _is_reserved(container)
}

_is_reserved(container) if workload.bounds(container, "requests", "memory")

# A limit without a request is the request: the API server fills it in.
_is_reserved(container) if {
	not "memory" in object.keys(object.get(container.spec, ["resources", "requests"], {}))
	workload.bounds(container, "limits", "memory")
}
