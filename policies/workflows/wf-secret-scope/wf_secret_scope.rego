# METADATA
# title: A secret is given to the step that needs it
# description: >-
#   No env of a workflow or of a job refers to a secret.
# custom:
#   id: wf-secret-scope
#   profile: production
#   severity: medium
#   scope: object
#   why: >-
#     Every step and every action of the job, or of all jobs, then has it in its environment.
#   fix: >-
#     Set it under env of the one step.
#   reference: https://docs.github.com/en/actions/reference/security/secure-use#using-secrets
package hallmark.workflows.wf_secret_scope

import data.hallmark.lib.objects
import data.hallmark.lib.workflows

applies := workflows.ids_of(_shared)

violations contains objects.violation(one.id, array.concat(one.path, [name]), "gives a secret to more steps than one") if {
	some one in _shared
	some name, value in one.values
	some path in workflows.references(value)
	startswith(path, "secrets.")
}

_shared := [one | some one in workflows.environments; not "steps" in one.scope]
