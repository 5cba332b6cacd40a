# METADATA
# title: Nobody from outside starts a run with secrets
# description: >-
#   No workflow is started by pull_request_target or workflow_run.
# custom:
#   id: wf-dangerous-trigger
#   profile: all
#   severity: medium
#   scope: object
#   why: >-
#     Such a run has the secrets and the token of the repository, while what started it comes from anybody.
#   fix: >-
#     pull_request, and a workflow on push or on a schedule for what needs secrets.
#   reference: https://docs.github.com/en/actions/reference/security/secure-use#mitigating-the-risks-of-untrusted-code-checkout
package hallmark.workflows.wf_dangerous_trigger

import data.hallmark.lib.objects
import data.hallmark.lib.workflows

applies := workflows.ids_of(workflows.workflows)

violations contains objects.violation(entry.id, ["on"], sprintf("is started by %s", [event])) if {
	some entry in workflows.workflows
	some event in workflows.events(entry.object)
	event in {"pull_request_target", "workflow_run"}
}
