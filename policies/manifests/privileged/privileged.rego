# METADATA
# title: No container is privileged
# description: >-
#   securityContext.privileged is false or left out in every container, init and ephemeral ones too.
# custom:
#   id: privileged
#   profile: baseline
#   severity: critical
#   scope: object
#   why: >-
#     A privileged container has every capability and all devices of its node: whoever gets into it owns the
#     node.
#   fix: >-
#     Remove securityContext.privileged, and add the one capability that is needed instead.
#   reference: https://kubernetes.io/docs/concepts/security/pod-security-standards/
package hallmark.manifests.privileged

import data.hallmark.lib.workload

applies := workload.ids

violations contains workload.finding(container, ["securityContext", "privileged"], "is privileged") if {
	some container in workload.containers
	not _unprivileged(container)
}

_unprivileged(container) if object.get(container.security, "privileged", false) == false
