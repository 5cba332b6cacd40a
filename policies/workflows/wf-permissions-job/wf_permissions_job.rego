# METADATA
# title: No job has all permissions
# description: >-
#   No job's permissions are write-all or read-all.
# custom:
#   id: wf-permissions-job
#   profile: restricted
#   severity: high
#   scope: object
#   why: >-
#     The token of the job then changes releases, packages and workflows, whatever the job is for.
#   fix: >-
#     Name each permission that the job needs.
#   reference: https://docs.github.com/en/actions/reference/workflows-and-actions/workflow-syntax#permissions
package hallmark.workflows.wf_permissions_job

import data.hallmark.lib.workflows

applies := workflows.ids_of([job | some job in workflows.jobs; job.spec.permissions])

violations contains workflows.finding(job, ["permissions"], sprintf("gives the job the permissions %s", [job.spec.permissions])) if {
	some job in workflows.jobs
	is_string(job.spec.permissions)
}
