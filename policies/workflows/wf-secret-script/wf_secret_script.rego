# METADATA
# title: No secret is written into a script
# description: >-
#   No script holds an expression with a secret.
# custom:
#   id: wf-secret-script
#   profile: restricted
#   severity: medium
#   scope: object
#   why: >-
#     It stands in the script's file and in the list of processes, and a quote or a newline in it changes what
#     the script does.
#   fix: >-
#     Set it under env of the step, and write "$NAME" in the script.
#   reference: https://docs.github.com/en/actions/reference/security/secure-use#using-secrets
package hallmark.workflows.wf_secret_script

import data.hallmark.lib.objects
import data.hallmark.lib.workflows

applies := workflows.ids_of(workflows.scripts)

violations contains objects.violation(script.id, script.path, sprintf("puts %s into a script", [path])) if {
	some script in workflows.scripts
	some path in workflows.references(script.text)
	regex.match(`^(secrets\.|github\.token$)`, path)
}
