# METADATA
# title: Jobs, steps and expressions of workflows
# description: >-
#   input.objects is a list of {"id", "kind", "object"}: kind is Workflow or Action, object the file as it is written.
#   Steps are those of a workflow's jobs and of a composite action.
package hallmark.lib.workflows

import data.hallmark.lib.objects

workflows := [entry | some entry in input.objects; entry.kind == "Workflow"]

ids_of(places) := {one.id | some one in places}

finding(one, field, message) := objects.violation(one.id, array.concat(one.path, field), message)

# The events that start a workflow: `on` is one of them, a list, or a mapping.
events(workflow) := ({on | on := workflow.on; is_string(on)} | {event | is_array(workflow.on); some event in workflow.on}) | {event | some event, _ in workflow.on; is_string(event)}

# Events by which people who may not write to the repository start a run.
from_outside := {"pull_request", "pull_request_target", "pull_request_review", "pull_request_review_comment", "issue_comment"}

jobs := [one |
	some entry in workflows
	some name, spec in entry.object.jobs
	one := {"id": entry.id, "path": ["jobs", name], "name": name, "spec": spec, "workflow": entry.object}
]

# `scopes` lead to what an env is for that holds in the step: the workflow, its job, the step.
steps := array.concat(
	[{"id": job.id, "path": path, "spec": step, "scopes": [[], job.path, path]} |
		some job in jobs
		some index, step in job.spec.steps
		path := array.concat(job.path, ["steps", index])
	],
	[{"id": entry.id, "path": path, "spec": step, "scopes": [path]} |
		some entry in input.objects
		some index, step in entry.object.runs.steps
		path := ["runs", "steps", index]
	],
)

# Everything that is used from elsewhere: the actions of steps, the workflows of jobs.
uses := [one | some one in array.concat(jobs, steps); one.spec.uses]

# The steps that use an action, whatever its version.
using(action) := [step | some step in steps; startswith(lower(step.spec.uses), sprintf("%s@", [action]))]

# Texts that a shell or another interpreter runs: `run`, and inputs of actions that are scripts by their name.
scripts := array.concat(
	[{"id": step.id, "path": array.concat(step.path, ["run"]), "step": step, "text": step.spec.run} |
		some step in steps
	],
	[{"id": step.id, "path": array.concat(step.path, ["with", name]), "step": step, "text": text} |
		some step in steps
		some name, text in step.spec["with"]
		lower(name) in {"script", "inline-script", "inlinescript", "run", "cmd", "command", "commands"}
	],
)

# Every env, of a workflow, a job and a step; `scope` is what it is for.
environments := [object.union(one, {"path": array.concat(one.scope, ["env"])}) |
	some one in array.concat(
		[{"id": entry.id, "scope": [], "values": entry.object.env} | some entry in workflows],
		[{"id": one.id, "scope": one.path, "values": one.spec.env} | some one in array.concat(jobs, steps)],
	)
]

# The labels of the runner on which a job runs; ${{ matrix.os }} means what the matrix of the job lists or includes.
labels(spec) := {label | some written in _written(spec["runs-on"]); some label in _meant(spec, written)}

_written(runs_on) := (_texts(runs_on) | {label | some label in _texts(runs_on.labels)}) | {sprintf("group %s", [group]) | group := runs_on.group}

_texts(value) := {text | text := value; is_string(text)} | {text | is_array(value); some text in value}

_meant(spec, written) := listed if {
	listed := _listed(spec, written)
	count(listed) > 0
} else := {written}

_listed(spec, written) := {sprintf("%v", [value]) |
	matrix := spec.strategy.matrix
	some value in array.concat([value | some value in matrix[key]], [one[key] | some one in matrix.include])
} if {
	words := split(trim_suffix(trim_prefix(written, "${{"), "}}"), ".")
	[trim_space(words[0]), count(words)] == ["matrix", 2]
	key := trim_space(words[1])
}

# What a job is called, as one text.
called(job) := json.marshal([job.name, object.get(job.spec, "name", null)])

# Every text of a file, wherever it stands.
texts := [{"id": entry.id, "path": path, "text": value} |
	some entry in input.objects
	walk(entry.object, [path, value])
	is_string(value)
]

is_open(value) if {
	is_string(value)
	contains(value, "${{")
}

# What the expressions of a text refer to, by lower-case names with dots: an index by name is a name, another one a *.
references(text) := {path |
	# Its end may stand in a text of it, as in ${{ format('}}', a) }}.
	some expression in regex.find_n(`\$\{\{(?:'[^']*'|[^'])*?\}\}`, text, -1)
	plain := regex.replace(lower(expression), `\[\s*'([^']*)'\s*\]`, ".$1")
	some piece in regex.split(`'[^']*'`, plain)
	some path in regex.find_n(`[a-z_][a-z0-9_-]*(?:\.(?:[a-z0-9_-]+|\*))*`, regex.replace(piece, `\[[^\]]*\]`, ".*"), -1)
} if {
	is_string(text)
}

# Jobs that deploy, by what they run or use or by their name; what only runs for pull requests deploys nothing.
deploying := [job |
	some job in jobs
	count(events(job.workflow) - {"pull_request", "merge_group"}) > 0
	_deploys(job)
]

_deploys(job) if regex.match(`(?i)(^|[^a-z])(deploy|deployment|promote|rollback|rollout)([^a-z]|$)`, called(job))

_deploys(job) if {
	some used in array.concat([job.spec], object.get(job.spec, "steps", []))
	regex.match(`(?i)[/_-]deploy([/@._-]|$)`, used.uses)
}

# A backslash at its end takes a line on.
_deploys(job) if {
	some step in job.spec.steps
	regex.match(_commands, concat("", split(step.run, "\\\n")))
}

_commands := concat("|", [
	`(?m)(^|[\s;&|(/])(hallmark[ \t]+(promote|rollback)\b`,
	`kubectl[ \t]+([^\n]*[ \t])?(apply|patch|set|rollout|replace)[ \t]`,
	`helm[ \t]+([^\n]*[ \t])?(upgrade|rollback)[ \t]`,
	`(terraform|tofu)[ \t]+([^\n]*[ \t])?(apply|destroy)\b`,
	`pulumi[ \t]+up\b|(cdk|serverless|sls|flyctl|fly)[ \t]+deploy\b|eksctl[ \t]`,
	`gcloud[ \t]+(run|app|functions)[ \t]+deploy\b|az[ \t]+webapp[ \t]+(deploy|up)\b|argocd[ \t]+app[ \t]+sync\b`,
	`aws[ \t]+(ecs[ \t]+update-service|cloudformation[ \t]+deploy|lambda[ \t]+update-function-code)\b)`,
])
