# METADATA
# title: No check of a change may fail unseen
# description: >-
#   In a workflow that pull_request, merge_group or push starts, no job and no step has continue-on-error:
#   true; an expression leaves it open.
# custom:
#   id: wf-continue-on-error
#   profile: production
#   severity: medium
#   scope: object
#   why: >-
#     The job is green whatever happened, and what was to be judged was not.
#   fix: >-
#     Remove it; what may fail runs in a workflow of its own, on a schedule.
#   reference: https://docs.github.com/en/actions/reference/workflows-and-actions/workflow-syntax#jobsjob_idcontinue-on-error
package hallmark.workflows.wf_continue_on_error

import data.hallmark.lib.workflows

applies := workflows.ids_of(_parts)

violations contains workflows.finding(one, ["continue-on-error"], "may fail unseen") if {
	some one in _parts
	one.spec["continue-on-error"] == true
}

unknowns contains workflows.finding(one, ["continue-on-error"], "may fail unseen or not, which is only known when it runs") if {
	some one in _parts
	workflows.is_open(one.spec["continue-on-error"])
}

_judging := {entry.id |
	some entry in workflows.workflows
	count(workflows.events(entry.object) & {"pull_request", "merge_group", "push"}) > 0
}

_parts := [one | some one in array.concat(workflows.jobs, workflows.steps); one.id in _judging]
