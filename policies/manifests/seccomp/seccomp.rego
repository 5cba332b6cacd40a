# METADATA
# title: Every container has a seccomp profile
# description: >-
#   seccompProfile RuntimeDefault or Localhost is effective on every container, init and ephemeral ones too:
#   its own, else its pod's. The annotations of old are not read by Kubernetes any more and count for nothing.
#   Windows pods are exempt.
# custom:
#   id: seccomp
#   profile: restricted
#   severity: high
#   scope: object
#   why: >-
#     Without a profile every system call of the kernel can be reached, also those that only exploits use.
#   fix: >-
#     Set seccompProfile.type: RuntimeDefault in the pod's securityContext.
#   reference: https://kubernetes.io/docs/concepts/security/pod-security-standards/
package hallmark.manifests.seccomp

import data.hallmark.lib.workload

applies := workload.linux_ids

violations contains workload.finding(container, ["securityContext", "seccompProfile"], "has no seccomp profile RuntimeDefault or Localhost") if {
	some container in workload.linux_containers
	not _is_confined(container)
}

_is_confined(container) if workload.effective(container, "seccompProfile").type in {"RuntimeDefault", "Localhost"}
