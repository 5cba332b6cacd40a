# METADATA
# title: runAsUser is not 0
# description: >-
#   runAsUser of every pod and of every container, init and ephemeral ones too, is not 0; left out it passes.
#   A pod's 0 is refused even where every container says something else.
# custom:
#   id: run-as-user-root
#   profile: restricted
#   severity: high
#   scope: object
#   why: >-
#     User 0 is root, whatever the image says.
#   fix: >-
#     Give runAsUser a number above 0, or leave it to the image.
#   reference: https://kubernetes.io/docs/concepts/security/pod-security-standards/
package hallmark.manifests.run_as_user_root

import data.hallmark.lib.workload

applies := workload.ids

violations contains workload.finding(container, ["securityContext", "runAsUser"], "runs as user 0") if {
	some container in workload.containers
	container.security.runAsUser == 0
}

violations contains workload.pod_finding(pod, ["securityContext", "runAsUser"], "runs as user 0") if {
	some pod in workload.pods
	pod.security.runAsUser == 0
}
