# METADATA
# title: Two deployments don't run at once, and none is cut off
# description: >-
#   A workflow with a job that deploys (as for wf-environment) or that has an environment has a concurrency,
#   at the top or at that job, and doesn't cancel what is in progress; an expression leaves that open.
# custom:
#   id: wf-concurrency
#   profile: production
#   severity: medium
#   scope: object
#   why: >-
#     Two runs that change one environment at a time leave it in a state that neither of them tested; so does
#     one that is cut off.
#   fix: >-
#     concurrency: with a group for the environment, and cancel-in-progress: false.
#   reference: https://docs.github.com/en/actions/concepts/workflows-and-actions/concurrency
package hallmark.workflows.wf_concurrency

import data.hallmark.lib.objects
import data.hallmark.lib.workflows

applies := workflows.ids_of(_jobs)

violations contains workflows.finding(job, [], "deploys while another run may") if {
	some job in _jobs
	count(_groups(job)) == 0
}

violations contains objects.violation(job.id, group.path, "is cut off by the next run while it deploys") if {
	some job in _jobs
	some group in _groups(job)
	group.spec["cancel-in-progress"] == true
}

unknowns contains objects.violation(job.id, group.path, "is cut off by the next run or not, which is only known when it runs") if {
	some job in _jobs
	some group in _groups(job)
	workflows.is_open(group.spec["cancel-in-progress"])
}

_jobs := array.concat(workflows.deploying, [job | some job in workflows.jobs; job.spec.environment])

_groups(job) := {{"path": ["concurrency"], "spec": spec} | spec := job.workflow.concurrency} | {{"path": array.concat(job.path, ["concurrency"]), "spec": spec} | spec := job.spec.concurrency}
