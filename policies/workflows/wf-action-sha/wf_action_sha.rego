# METADATA
# title: Every action is pinned to a commit
# description: >-
#   Everything behind uses, an action or a reusable workflow, is pinned to the 40 digits of a commit. What
#   stands in the same repository (./) needs no pin; docker:// needs a digest.
# custom:
#   id: wf-action-sha
#   profile: restricted
#   severity: high
#   scope: object
#   why: >-
#     A tag or a branch can be moved: whoever takes the action over runs in the workflow, with its secrets.
#   fix: >-
#     Name the commit, and the version in a comment behind it.
#   reference: https://docs.github.com/en/actions/reference/security/secure-use#using-third-party-actions
package hallmark.workflows.wf_action_sha

import data.hallmark.lib.workflows

applies := workflows.ids_of(workflows.uses)

violations contains workflows.finding(one, ["uses"], sprintf("uses %s, which is not pinned to a commit", [one.spec.uses])) if {
	some one in workflows.uses
	not _is_pinned(one.spec.uses)
}

_is_pinned(name) if startswith(name, "./")

_is_pinned(name) if regex.match(`^docker://[^@\s]+@sha256:[0-9a-f]{64}$`, name)

_is_pinned(name) if {
	not startswith(name, "docker://")
	regex.match(`^[^@\s]+@([0-9a-f]{40}|[0-9a-f]{64})$`, name)
}
