# METADATA
# title: Pods behind a Service say when they are ready
# description: >-
#   Of everything whose pods a Service of the set selects, at least one container has a readinessProbe with a
#   handler: a container of its own, or an init container that runs on (restartPolicy: Always). That every
#   container has one is what readiness-probe demands.
# custom:
#   id: pod-probes-service
#   profile: production
#   severity: high
#   scope: namespace
#   why: >-
#     Without one a pod is sent traffic as soon as its process is there, and goes on being sent it when it no
#     longer answers.
#   fix: >-
#     Add a readinessProbe to the container that serves.
#   reference: https://kubernetes.io/docs/concepts/configuration/liveness-readiness-startup-probes/
package hallmark.manifests.pod_probes_service

import data.hallmark.lib.service
import data.hallmark.lib.workload

applies := {id | some entry in service.selecting; some id in service.pods(entry)}

violations contains workload.pod_finding(pod, ["containers"], "is behind a Service and has no readinessProbe") if {
	some pod in workload.pods
	pod.id in applies
	not _says_when_ready(pod)
}

_says_when_ready(pod) if {
	some container in array.concat(
		object.get(pod.spec, "containers", []),
		[one | some one in pod.spec.initContainers; one.restartPolicy == "Always"],
	)
	workload.asks(container.readinessProbe)
}
