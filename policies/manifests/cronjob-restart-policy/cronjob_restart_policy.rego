# METADATA
# title: The pods of a CronJob end
# description: >-
#   The pod template of every CronJob sets restartPolicy to OnFailure or Never. Left out it is Always, which
#   the API server refuses in a Job. Jobs outside of a CronJob are not judged.
# custom:
#   id: cronjob-restart-policy
#   profile: production
#   severity: medium
#   scope: object
#   why: >-
#     With Always, or with nothing, every run is refused when it is made: the CronJob is there and never does
#     anything.
#   fix: >-
#     Set restartPolicy: OnFailure or Never in the pod template.
#   reference: https://kubernetes.io/docs/concepts/workloads/controllers/job/#pod-template
package hallmark.manifests.cronjob_restart_policy

import data.hallmark.lib.objects

applies := {entry.id | some entry in objects.of["batch/CronJob"]}

violations contains objects.violation(entry.id, _at, "its restartPolicy is neither OnFailure nor Never") if {
	some entry in objects.of["batch/CronJob"]
	not _ends(entry)
}

_at := ["spec", "jobTemplate", "spec", "template", "spec", "restartPolicy"]

_ends(entry) if entry.object.spec.jobTemplate.spec.template.spec.restartPolicy in {"Never", "OnFailure"}
