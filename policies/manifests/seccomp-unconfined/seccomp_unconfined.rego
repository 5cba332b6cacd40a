# METADATA
# title: No seccomp profile is Unconfined
# description: >-
#   No seccompProfile of a pod or container has the type Unconfined. None at all passes: that every container
#   has one is what seccomp demands.
# custom:
#   id: seccomp-unconfined
#   profile: baseline
#   severity: high
#   scope: object
#   why: >-
#     Unconfined takes away the runtime's own filter on purpose.
#   fix: >-
#     Set seccompProfile.type: RuntimeDefault, or leave it out.
#   reference: https://kubernetes.io/docs/concepts/security/pod-security-standards/
package hallmark.manifests.seccomp_unconfined

import data.hallmark.lib.workload

applies := workload.ids

violations contains workload.finding(container, ["securityContext", "seccompProfile"], "has the seccomp profile Unconfined") if {
	some container in workload.containers
	container.security.seccompProfile.type == "Unconfined"
}

violations contains workload.pod_finding(pod, ["securityContext", "seccompProfile"], "has the seccomp profile Unconfined") if {
	some pod in workload.pods
	pod.security.seccompProfile.type == "Unconfined"
}
