# METADATA
# title: Every container has a securityContext
# description: >-
#   Every container, init and ephemeral ones too, has a securityContext of its own that says anything. What it
#   says is judged by other rules.
# custom:
#   id: container-security-context
#   profile: restricted
#   severity: low
#   scope: object
#   why: >-
#     Some settings exist on containers only, so a pod's own security context never covers them all.
#   fix: >-
#     Give the container a securityContext.
#   reference: https://kubernetes.io/docs/tasks/configure-pod-container/security-context/
package hallmark.manifests.container_security_context

import data.hallmark.lib.workload

applies := workload.ids

violations contains workload.finding(container, [], "has no securityContext") if {
	some container in workload.containers
	not _has_context(container)
}

_has_context(container) if count(container.security) > 0
