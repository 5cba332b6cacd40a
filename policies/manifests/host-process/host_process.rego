# METADATA
# title: No Windows host process
# description: >-
#   windowsOptions.hostProcess is false or left out, in every pod and in every container.
# custom:
#   id: host-process
#   profile: baseline
#   severity: critical
#   scope: object
#   why: >-
#     A host process container is a process of the Windows node itself.
#   fix: >-
#     Remove windowsOptions.hostProcess.
#   reference: https://kubernetes.io/docs/concepts/security/pod-security-standards/
package hallmark.manifests.host_process

import data.hallmark.lib.workload

applies := workload.ids

violations contains workload.finding(container, ["securityContext", "windowsOptions", "hostProcess"], "is a host process") if {
	some container in workload.containers
	container.security.windowsOptions.hostProcess != false
}

violations contains workload.pod_finding(pod, ["securityContext", "windowsOptions", "hostProcess"], "runs as host processes") if {
	some pod in workload.pods
	pod.security.windowsOptions.hostProcess != false
}
