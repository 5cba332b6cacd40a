# METADATA
# title: A CronJob has a deadline for its start
# description: >-
#   Every CronJob sets startingDeadlineSeconds, to whatever number.
# custom:
#   id: cronjob-deadline
#   profile: production
#   severity: medium
#   scope: object
#   why: >-
#     Without it a run that was missed is still started hours later, beside the next; and after a hundred
#     missed runs no run is started any more.
#   fix: >-
#     Set spec.startingDeadlineSeconds to the seconds after which a late run is of no use, at least 10.
#   reference: https://kubernetes.io/docs/concepts/workloads/controllers/cron-jobs/#starting-deadline
package hallmark.manifests.cronjob_deadline

import data.hallmark.lib.objects

applies := {entry.id | some entry in objects.of["batch/CronJob"]}

violations contains objects.violation(entry.id, ["spec", "startingDeadlineSeconds"], "sets no startingDeadlineSeconds") if {
	some entry in objects.of["batch/CronJob"]
	not _has_deadline(entry)
}

_has_deadline(entry) if "startingDeadlineSeconds" in object.keys(entry.object.spec)
