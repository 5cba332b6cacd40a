# METADATA
# title: No ephemeralContainers
# description: >-
#   ephemeralContainers of every pod is empty or left out. An opinion: such containers are only ever added to
#   pods that run, so in a file they do nothing.
# custom:
#   id: ephemeral-containers
#   profile: all
#   severity: low
#   scope: object
#   why: >-
#     An ephemeral container is added by hand to look into a pod; in a file it is left over.
#   fix: >-
#     Remove ephemeralContainers.
#   reference: https://kubernetes.io/docs/concepts/workloads/pods/ephemeral-containers/
package hallmark.manifests.ephemeral_containers

import data.hallmark.lib.workload

applies := workload.ids

violations contains workload.pod_finding(pod, ["ephemeralContainers"], "has ephemeral containers") if {
	some pod in workload.pods
	count(object.get(pod.spec, "ephemeralContainers", [])) > 0
}
