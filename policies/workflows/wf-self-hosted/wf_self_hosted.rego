# METADATA
# title: Pull requests run on GitHub's own machines
# description: >-
#   No job of a workflow that pull requests or comments start runs on a self-hosted runner: its labels are
#   GitHub's own (ubuntu-, windows-, macos-). A label from the job's own matrix counts by its values; another
#   expression leaves it open. Whether the repository is public is not in the file, so a private one is judged
#   alike.
# custom:
#   id: wf-self-hosted
#   profile: production
#   severity: high
#   scope: object
#   why: >-
#     A runner of one's own is not thrown away: what a pull request leaves there waits for the next job, and
#     for its secrets.
#   fix: >-
#     runs-on: ubuntu-24.04
#   reference: https://docs.github.com/en/actions/reference/security/secure-use#hardening-for-self-hosted-runners
package hallmark.workflows.wf_self_hosted

import data.hallmark.lib.workflows

applies := workflows.ids_of(_jobs)

violations contains workflows.finding(job, ["runs-on"], sprintf("runs what comes from outside on %s", [label])) if {
	some job in _jobs
	some label in workflows.labels(job.spec)
	not workflows.is_open(label)
	not regex.match(`^(ubuntu|windows|macos)-`, label)
}

unknowns contains workflows.finding(job, ["runs-on"], sprintf("runs on %s, which is only known when it runs", [label])) if {
	some job in _jobs
	some label in workflows.labels(job.spec)
	workflows.is_open(label)
}

_jobs := [job |
	some job in workflows.jobs
	job.spec["runs-on"]
	count(workflows.events(job.workflow) & workflows.from_outside) > 0
]
