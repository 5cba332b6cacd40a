# METADATA
# title: Every job says the version of its runner
# description: >-
#   No job runs on a label that ends in -latest.
# custom:
#   id: wf-runner-version
#   profile: all
#   severity: low
#   scope: object
#   why: >-
#     The image behind the label changes on a day of GitHub's choosing, and the job with it.
#   fix: >-
#     runs-on: ubuntu-24.04
#   reference: https://docs.github.com/en/actions/reference/runners/github-hosted-runners
package hallmark.workflows.wf_runner_version

import data.hallmark.lib.workflows

applies := workflows.ids_of(_jobs)

violations contains workflows.finding(job, ["runs-on"], sprintf("runs on %s", [label])) if {
	some job in _jobs
	some label in workflows.labels(job.spec)
	endswith(label, "-latest")
}

_jobs := [job | some job in workflows.jobs; job.spec["runs-on"]]
