# METADATA
# title: Every container must run as another user than root
# description: >-
#   runAsNonRoot: true is effective on every container, init and ephemeral ones too: its own value, else its
#   pod's. A numeric runAsUser alone is not enough, as in Pod Security.
# custom:
#   id: run-as-non-root
#   profile: restricted
#   severity: high
#   scope: object
#   why: >-
#     Root inside a container is root to every kernel bug and to every file that is mounted into it.
#   fix: >-
#     Set runAsNonRoot: true in the pod's securityContext, and don't take it back in a container.
#   reference: https://kubernetes.io/docs/concepts/security/pod-security-standards/
package hallmark.manifests.run_as_non_root

import data.hallmark.lib.workload

applies := workload.ids

violations contains workload.finding(container, ["securityContext", "runAsNonRoot"], "may run as root: runAsNonRoot is not true") if {
	some container in workload.containers
	not _must_not_be_root(container)
}

_must_not_be_root(container) if workload.effective(container, "runAsNonRoot") == true
