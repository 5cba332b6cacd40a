# METADATA
# title: No foreign code is checked out where secrets are
# description: >-
#   A workflow that pull_request_target, workflow_run or issue_comment starts checks out no pull request: not
#   by ref or repository of actions/checkout, not by gh pr checkout or git, and not by a variable that was given
#   the reference.
# custom:
#   id: wf-untrusted-checkout
#   profile: baseline
#   severity: critical
#   scope: object
#   why: >-
#     These events run with the secrets and the token of the repository; the code that is checked out comes
#     from anybody.
#   fix: >-
#     Run the code of pull requests on pull_request, and hand results over as artifacts that are data only.
#   reference: https://docs.github.com/en/actions/reference/security/secure-use#mitigating-the-risks-of-untrusted-code-checkout
package hallmark.workflows.wf_untrusted_checkout

import data.hallmark.lib.workflows

applies := workflows.ids_of(_privileged)

violations contains workflows.finding(step, ["with", name], "checks out what somebody from outside has written") if {
	some step in workflows.using("actions/checkout")
	_is_privileged(step)
	some name, value in step.spec["with"]
	name in {"ref", "repository"}
	_means_foreign(step, value)
}

violations contains workflows.finding(step, ["run"], "checks out what somebody from outside has written") if {
	some step in workflows.steps
	_is_privileged(step)
	regex.match(`\bgh\s+pr\s+checkout\b|\bgit\s[^\n]*\b(fetch|checkout|pull|clone|switch|worktree)\b`, step.spec.run)
	_means_foreign(step, step.spec.run)
}

_privileged := [entry |
	some entry in workflows.workflows
	count(workflows.events(entry.object) & {"pull_request_target", "workflow_run", "issue_comment"}) > 0
]

_is_privileged(step) if step.id in workflows.ids_of(_privileged)

_means_foreign(_, text) if _is_foreign(text)

# By a variable that was given it.
_means_foreign(step, text) if {
	some one in workflows.environments
	one.id == step.id
	one.scope in step.scopes
	some name, value in one.values
	_is_foreign(value)
	some [_, variable] in regex.find_all_string_submatch_n(`(?i)(?:\$\{?|\benv(?:\.|\['))(\w+)`, json.marshal(text), -1)
	lower(variable) == lower(name)
}

_is_foreign(text) if {
	some path in workflows.references(text)
	regex.match(`^github\.(head_ref$|event\.(workflow_run\.(head_|pull_requests)|pull_request\.(head\.|merge_commit_sha|number)|issue\.number))`, path)
}

_is_foreign(text) if regex.match(`refs/pull/|\bpull/.+/(head|merge)\b|\bgh\s+pr\s+checkout\b`, json.marshal(text))
