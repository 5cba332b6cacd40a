# METADATA
# title: Memory that is requested is the limit
# description: >-
#   The memory request and limit of every container and init container are one amount, however it is written
#   (1Gi is 1024Mi). A limit without a request is equal: the API server fills in the request. No limit at all
#   is refused. An opinion: it pays for the largest need at all times.
# custom:
#   id: memory-requests-equal-limits
#   profile: all
#   severity: low
#   scope: object
#   why: >-
#     A node whose pods may take more than they request runs out of memory, and kills one that did nothing
#     wrong.
#   fix: >-
#     Set resources.requests.memory and resources.limits.memory to the same amount.
#   reference: https://kubernetes.io/docs/concepts/workloads/pods/pod-qos/
package hallmark.manifests.memory_requests_equal_limits

import data.hallmark.lib.quantities
import data.hallmark.lib.workload

applies := workload.ids

violations contains workload.finding(container, ["resources"], "has another memory limit than its request") if {
	some container in workload.resourced_containers
	not _is_equal(container)
}

_is_equal(container) if {
	limit := container.spec.resources.limits.memory
	quantities.amount(object.get(container.spec.resources, ["requests", "memory"], limit)) == quantities.amount(limit)
}
