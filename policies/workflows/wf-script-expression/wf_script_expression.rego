# METADATA
# title: No expression in a script
# description: >-
#   No script holds an expression at all.
# custom:
#   id: wf-script-expression
#   profile: all
#   severity: low
#   scope: object
#   why: >-
#     What is harmless today is free text tomorrow; a script without expressions is the same at a desk.
#   fix: >-
#     Put the expression into env, and write "$NAME" in the script.
#   reference: https://docs.github.com/en/actions/reference/security/secure-use#good-practices-for-mitigating-script-injection-attacks
package hallmark.workflows.wf_script_expression

import data.hallmark.lib.objects
import data.hallmark.lib.workflows

applies := workflows.ids_of(workflows.scripts)

violations contains objects.violation(script.id, script.path, "holds an expression") if {
	some script in workflows.scripts
	workflows.is_open(script.text)
}
