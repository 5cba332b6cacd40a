# METADATA
# title: Every container runs with a high uid
# description: >-
#   runAsUser above 10000 is effective on every container, init and ephemeral ones too: its own value, else
#   its pod's. A user that only the image names doesn't count. Windows pods have no numeric users and are
#   exempt. An opinion: with user namespaces, or under a nobody of 65534, lower numbers are as good.
# custom:
#   id: high-uid
#   profile: all
#   severity: low
#   scope: object
#   why: >-
#     A low uid is probably somebody on the node: a process that gets out of its container is that user there.
#   fix: >-
#     Set runAsUser in the pod's securityContext to a number above 10000.
#   reference: https://kubernetes.io/docs/tasks/configure-pod-container/security-context/
package hallmark.manifests.high_uid

import data.hallmark.lib.workload

applies := workload.linux_ids

violations contains workload.finding(container, ["securityContext", "runAsUser"], "does not run with a uid above 10000") if {
	some container in workload.linux_containers
	not _is_high(container)
}

_is_high(container) if {
	uid := workload.effective(container, "runAsUser")
	is_number(uid)
	uid > 10000
}
