# METADATA
# title: A Job goes away when it is done
# description: >-
#   Every Job sets ttlSecondsAfterFinished, to whatever number. The Jobs of a CronJob are not judged: its
#   history limits take them away.
# custom:
#   id: job-ttl
#   profile: production
#   severity: low
#   scope: object
#   why: >-
#     A Job that is done stays, with its pods and their logs, until somebody deletes it; a name that is taken
#     keeps the next deployment from making it again.
#   fix: >-
#     Set spec.ttlSecondsAfterFinished.
#   reference: https://kubernetes.io/docs/concepts/workloads/controllers/ttlafterfinished/
package hallmark.manifests.job_ttl

import data.hallmark.lib.objects

applies := {entry.id | some entry in objects.of["batch/Job"]}

violations contains objects.violation(entry.id, ["spec", "ttlSecondsAfterFinished"], "sets no ttlSecondsAfterFinished") if {
	some entry in objects.of["batch/Job"]
	not _goes_away(entry)
}

_goes_away(entry) if "ttlSecondsAfterFinished" in object.keys(entry.object.spec)
