# METADATA
# title: No workflow that is called gets all secrets
# description: >-
#   No job hands over its secrets by secrets: inherit.
# custom:
#   id: wf-secrets-inherit
#   profile: restricted
#   severity: medium
#   scope: object
#   why: >-
#     The called workflow, and what it uses, then reads every secret of the repository and of the
#     organisation.
#   fix: >-
#     Name under secrets each one that it needs.
#   reference: https://docs.github.com/en/actions/how-tos/reuse-automations/reuse-workflows
package hallmark.workflows.wf_secrets_inherit

import data.hallmark.lib.workflows

applies := workflows.ids_of([job | some job in workflows.jobs; job.spec.uses])

violations contains workflows.finding(job, ["secrets"], "hands over all secrets") if {
	some job in workflows.jobs
	job.spec.secrets == "inherit"
}
