# METADATA
# title: A checkout leaves no credentials behind
# description: >-
#   Every actions/checkout has persist-credentials: false. An expression leaves it open.
# custom:
#   id: wf-persist-credentials
#   profile: production
#   severity: medium
#   scope: object
#   why: >-
#     The token then lies in .git/config, where every later step, every action and every artifact of the
#     folder has it.
#   fix: >-
#     with: persist-credentials: false; a step that pushes gets the token itself.
#   reference: https://github.com/actions/checkout#usage
package hallmark.workflows.wf_persist_credentials

import data.hallmark.lib.workflows

applies := workflows.ids_of(_checkouts)

violations contains workflows.finding(step, [], "leaves the token in the checkout") if {
	some step in _checkouts
	value := object.get(step.spec, ["with", "persist-credentials"], true)
	not workflows.is_open(value)
	not value in {false, "false"}
}

unknowns contains workflows.finding(step, ["with", "persist-credentials"], "leaves the token in the checkout or not, which is only known when it runs") if {
	some step in _checkouts
	workflows.is_open(step.spec["with"]["persist-credentials"])
}

_checkouts := workflows.using("actions/checkout")
