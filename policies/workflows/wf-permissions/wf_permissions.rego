# METADATA
# title: A workflow begins without the right to write
# description: >-
#   Every workflow says its permissions at the top, none of them write, and not as write-all or read-all: a
#   job that needs more says so itself.
# custom:
#   id: wf-permissions
#   profile: restricted
#   severity: high
#   scope: object
#   why: >-
#     Without it the token has whatever the repository's settings give, often the right to push; every step
#     and action of every job holds it.
#   fix: >-
#     permissions: {} at the top, and what it needs at each job.
#   reference: https://docs.github.com/en/actions/reference/workflows-and-actions/workflow-syntax#permissions
package hallmark.workflows.wf_permissions

import data.hallmark.lib.objects
import data.hallmark.lib.workflows

applies := workflows.ids_of(workflows.workflows)

violations contains objects.violation(entry.id, [], "says no permissions: the token has what the repository's settings give") if {
	some entry in workflows.workflows
	not "permissions" in object.keys(entry.object)
}

violations contains objects.violation(entry.id, ["permissions"], sprintf("gives every job the permissions %s", [entry.object.permissions])) if {
	some entry in workflows.workflows
	is_string(entry.object.permissions)
}

violations contains objects.violation(entry.id, ["permissions", name], sprintf("gives every job the permission to write %s", [name])) if {
	some entry in workflows.workflows
	some name, value in entry.object.permissions
	not value in {"read", "none"}
}
