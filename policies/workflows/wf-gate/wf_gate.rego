# METADATA
# title: A gate runs always and looks at every result
# description: >-
#   A job that gathers others, by a name such as gate, required, all-green or ci-ok and with needs, has if:
#   always() or !cancelled(), and one of its steps reads needs.
# custom:
#   id: wf-gate
#   profile: production
#   severity: high
#   scope: object
#   why: >-
#     A job whose needs failed is skipped, and a skipped check counts as passed: the gate is green when it is
#     needed most.
#   fix: >-
#     if: always(), and a step that fails unless every result in needs is success.
#   reference: https://docs.github.com/en/actions/how-tos/write-workflows/choose-when-workflows-run/control-jobs-with-conditions
package hallmark.workflows.wf_gate

import data.hallmark.lib.workflows

applies := workflows.ids_of(_gates)

violations contains workflows.finding(job, [], "is skipped when a job that it needs fails") if {
	some job in _gates
	not _runs_always(job)
}

violations contains workflows.finding(job, [], "reads no result of the jobs that it needs") if {
	some job in _gates
	count(_results(job)) == 0
}

_gates := [job |
	some job in workflows.jobs
	job.spec.needs
	regex.match(`(?i)[^a-z](gate|required|all[-_ ]?(green|checks|passed)|ci[-_ ]?(ok|success|passed)|conclusion)[^a-z]`, workflows.called(job))
]

_runs_always(job) if regex.match(`\balways\(\)|!\s*cancelled\(\)`, json.marshal(job.spec["if"]))

# The needs that the steps refer to, in whatever place.
_results(job) := {path |
	walk(job.spec.steps, [_, text])
	some path in workflows.references(text)
	regex.match(`^needs($|\.[^.]+\.result$)`, path)
}
