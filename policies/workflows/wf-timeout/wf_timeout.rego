# METADATA
# title: Every job ends in time
# description: >-
#   Every job with steps has timeout-minutes between 1 and 360, which is what GitHub would give it; an
#   expression leaves it open. A job that calls a workflow has the time limits of that one.
# custom:
#   id: wf-timeout
#   profile: production
#   severity: medium
#   scope: object
#   why: >-
#     A job that hangs keeps its runner and its environment for six hours.
#   fix: >-
#     timeout-minutes: 15, or whatever is a few times what it takes.
#   reference: https://docs.github.com/en/actions/reference/workflows-and-actions/workflow-syntax#jobsjob_idtimeout-minutes
package hallmark.workflows.wf_timeout

import data.hallmark.lib.workflows

applies := workflows.ids_of(_jobs)

violations contains workflows.finding(job, [], "has no timeout-minutes") if {
	some job in _jobs
	not "timeout-minutes" in object.keys(job.spec)
}

violations contains workflows.finding(job, ["timeout-minutes"], sprintf("may run %v minutes", [job.spec["timeout-minutes"]])) if {
	some job in _jobs
	minutes := job.spec["timeout-minutes"]
	not workflows.is_open(minutes)
	not _is_bounded(minutes)
}

unknowns contains workflows.finding(job, ["timeout-minutes"], "has a time limit that is only known when it runs") if {
	some job in _jobs
	workflows.is_open(job.spec["timeout-minutes"])
}

_jobs := [job | some job in workflows.jobs; job.spec.steps]

_is_bounded(minutes) if {
	minutes > 0
	minutes <= 360
}
