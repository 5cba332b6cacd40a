# METADATA
# title: Nothing gets all secrets at once
# description: >-
#   No expression refers to secrets as a whole, as toJSON(secrets) does.
# custom:
#   id: wf-secrets-dump
#   profile: baseline
#   severity: critical
#   scope: object
#   why: >-
#     Whatever gets the text has every secret of the repository; masking in logs doesn't know its parts.
#   fix: >-
#     Name the secrets that are needed.
#   reference: https://docs.github.com/en/actions/reference/security/secure-use#using-secrets
package hallmark.workflows.wf_secrets_dump

import data.hallmark.lib.objects
import data.hallmark.lib.workflows

applies := workflows.ids_of(array.concat(workflows.jobs, workflows.steps))

violations contains objects.violation(one.id, one.path, "refers to all secrets") if {
	some one in workflows.texts
	"secrets" in workflows.references(one.text)
}
