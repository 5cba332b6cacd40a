# METADATA
# title: No hostAliases
# description: >-
#   hostAliases is empty or left out in every pod.
# custom:
#   id: host-aliases
#   profile: production
#   severity: low
#   scope: object
#   why: >-
#     Names that resolve otherwise in one pod hide where its traffic goes.
#   fix: >-
#     Remove hostAliases; use a Service of type ExternalName.
#   reference: https://kubernetes.io/docs/tasks/network/customize-hosts-file-for-pods/
package hallmark.manifests.host_aliases

import data.hallmark.lib.workload

applies := workload.ids

violations contains workload.pod_finding(pod, ["hostAliases"], "sets hostAliases") if {
	some pod in workload.pods
	count(object.get(pod.spec, "hostAliases", [])) > 0
}
