# METADATA
# title: procMount is Default
# description: >-
#   procMount of every container, init and ephemeral ones too, is Default or left out.
# custom:
#   id: proc-mount
#   profile: baseline
#   severity: medium
#   scope: object
#   why: >-
#     An unmasked /proc shows the node's kernel settings and lets root change them.
#   fix: >-
#     Remove securityContext.procMount.
#   reference: https://kubernetes.io/docs/concepts/security/pod-security-standards/
package hallmark.manifests.proc_mount

import data.hallmark.lib.workload

applies := workload.ids

violations contains workload.finding(container, ["securityContext", "procMount"], "has another procMount than Default") if {
	some container in workload.containers
	not _is_masked(container)
}

_is_masked(container) if object.get(container.security, "procMount", "Default") == "Default"
