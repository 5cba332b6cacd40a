# METADATA
# title: A job that deploys names its environment
# description: >-
#   Every job with steps that deploys has an environment. A job deploys by what it runs (hallmark promote or
#   rollback, kubectl apply, helm upgrade, terraform apply and the like), by an action with deploy in its
#   name, or by its own name (deploy, promote, rollback, rollout); a workflow that only pull_request or
#   merge_group start deploys nothing.
# custom:
#   id: wf-environment
#   profile: production
#   severity: high
#   scope: object
#   why: >-
#     Reviewers, branches and secrets of production are protected by the environment's rules; a job without
#     one passes them by.
#   fix: >-
#     environment: production
#   reference: https://docs.github.com/en/actions/concepts/workflows-and-actions/deployment-environments
package hallmark.workflows.wf_environment

import data.hallmark.lib.workflows

applies := workflows.ids_of(_jobs)

violations contains workflows.finding(job, [], "deploys without an environment") if {
	some job in _jobs
	not job.spec.environment
}

_jobs := [job | some job in workflows.deploying; job.spec.steps]
