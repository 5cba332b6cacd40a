# METADATA
# title: Every container has resources.requests.cpu
# description: >-
#   Every container has resources.requests.cpu.
# custom:
#   id: cpu-requests
#   profile: production
#   severity: medium
#   scope: object
#   why: >-
#     Without a request the scheduler takes the container for nothing and packs the node until it chokes.
#   fix: >-
#     Set resources.requests.cpu.
#   reference: https://kubernetes.io/docs/concepts/configuration/manage-resources-containers/
package hallmark.manifests.cpu_requests

import data.hallmark.lib.workload

applies := workload.ids

violations contains workload.finding(container, ["resources", "requests"], "has no resources.requests.cpu") if {
	some container in workload.resourced_containers
	not _is_bounded(container)
}

_is_bounded(container) if "cpu" in object.keys(object.get(container.spec, ["resources", "requests"], {}))

# A limit without a request is the request: the API server fills it in.
_is_bounded(container) if "cpu" in object.keys(object.get(container.spec, ["resources", "limits"], {}))
