# METADATA
# title: No container is privileged
# description: No container of a Deployment is privileged, init containers included.
# custom:
#   id: no-privilege
#   profile: baseline
#   severity: critical
#   scope: object
#   why: Whoever gets into a privileged container owns its node.
#   fix: Remove securityContext.privileged.
#   reference: https://kubernetes.io/docs/concepts/security/pod-security-standards/
package hallmark.manifests.no_privilege

import data.hallmark.lib.containers

applies := containers.ids

violations contains containers.finding(container, ["securityContext", "privileged"], "is privileged") if {
	some container in containers.all
	not _unprivileged(container)
}

_unprivileged(container) if object.get(container.security, "privileged", false) == false
