# METADATA
# title: No text from outside becomes part of a script
# description: >-
#   No script (run, and inputs of actions that are scripts by their name, such as script) holds an expression
#   with the head's ref, with a field of the event that is free text, with an input that is not of the type
#   boolean or number, or with a variable of env that is set to one of these.
# custom:
#   id: wf-script-injection
#   profile: baseline
#   severity: critical
#   scope: object
#   why: >-
#     The expression is put into the script before the shell reads it: a pull request with the title `; curl
#     ...` runs that command.
#   fix: >-
#     Put the expression into env, and write "$NAME" in the script.
#   reference: https://docs.github.com/en/actions/reference/security/secure-use#good-practices-for-mitigating-script-injection-attacks
package hallmark.workflows.wf_script_injection

import data.hallmark.lib.objects
import data.hallmark.lib.workflows

applies := workflows.ids_of(workflows.scripts)

violations contains objects.violation(script.id, script.path, sprintf("puts %s into a script", [path])) if {
	some script in workflows.scripts
	some path in workflows.references(script.text)
	_is_foreign(script, path)
}

_is_foreign(_, path) if _is_free_text(path)

_is_foreign(script, path) if {
	some pattern in [`^inputs\.`, `^github\.event\.inputs\.`]
	regex.match(pattern, path)
	not _is_bounded_input(script, regex.replace(path, pattern, ""))
}

_is_foreign(script, path) if {
	some one in workflows.environments
	one.id == script.id
	one.scope in script.step.scopes
	some name, value in one.values
	path == lower(sprintf("env.%s", [name]))
	some inner in workflows.references(value)
	_is_free_text(inner)
}

_is_free_text("github.head_ref")

_is_free_text(path) if {
	regex.match(`^github(\.event)?$|^github\.event\.`, path)
	not startswith(path, "github.event.inputs.")
	not regex.match(_bounded, path)
}

# Numbers, digests, names of users and of repositories, words of GitHub's own; what the repository itself decides.
_bounded := `^github\.event\.(.+\.)?(number|id|node_id|sha|after|before|action|merged|draft|state|login|type|html_url|url|[a-z]+_at|merge_commit_sha|head_sha|run_id|run_number|run_attempt|workflow_id|conclusion|event|status|full_name)$|^github\.event\.(repository|organization|enterprise|installation|pull_request\.base)\.`

_is_bounded_input(script, name) if {
	some entry in workflows.workflows
	entry.id == script.id
	some event in entry.object.on
	some key, made in event.inputs
	lower(sprintf("%v", [key])) == name
	made.type in {"boolean", "number"}
}
