package hallmark.lib.workflows_test

import data.hallmark.lib.workflows
import data.hallmark.testing.workflows as testing

_set := testing.set(["testing/composite", "testing/everything", "testing/pull-request"])

_at(found) := [sprintf("%d %s", [one.id, concat("/", [sprintf("%v", [step]) | some step in one.path])]) | some one in found]

test_knows_workflows_from_actions if {
	[entry.id | some entry in workflows.workflows] == [1, 2] with input as _set
	workflows.ids_of([{"id": 3}, {"id": 3}, {"id": 1}]) == {1, 3}
}

test_finding_stands_in_the_field if {
	workflows.finding({"id": 4, "path": ["jobs", "a"]}, ["uses"], "said") == {"object": 4, "path": ["jobs", "a", "uses"], "message": "said"}
}

test_reads_events_however_they_are_written if {
	workflows.events({"on": "push"}) == {"push"}
	workflows.events({"on": ["push", "issues"]}) == {"push", "issues"}
	workflows.events({"on": {"push": null, "schedule": []}}) == {"push", "schedule"}
	workflows.events({"jobs": {}}) == set()
}

test_events_from_outside_are_those_that_anybody_starts if {
	workflows.from_outside == {"pull_request", "pull_request_target", "pull_request_review", "pull_request_review_comment", "issue_comment"}
}

test_finds_jobs_and_the_steps_of_both_kinds if {
	found := workflows.jobs with input as _set
	_at(found) == ["1 jobs/build", "1 jobs/call", "2 jobs/deploy"]
	[one.name | some one in found] == ["build", "call", "deploy"]
	every one in found {
		one.spec == _set.objects[one.id].object.jobs[one.name]
		one.workflow == _set.objects[one.id].object
	}
	steps := workflows.steps with input as _set
	_at(steps) == [
		"1 jobs/build/steps/0", "1 jobs/build/steps/1", "1 jobs/build/steps/2",
		"2 jobs/deploy/steps/0", "2 jobs/deploy/steps/1", "2 jobs/deploy/steps/2",
		"0 runs/steps/0", "0 runs/steps/1",
	]
	every one in steps {
		object.get(_set.objects[one.id].object, one.path, {}) == one.spec
	}
}

test_finds_what_is_used if {
	found := workflows.uses with input as _set
	_at(found) == ["1 jobs/call", "1 jobs/build/steps/0", "1 jobs/build/steps/1", "2 jobs/deploy/steps/0", "0 runs/steps/1"]
	_at(workflows.using("actions/github-script")) == ["1 jobs/build/steps/1"] with input as _set
	_at(workflows.using("actions/github")) == [] with input as _set
}

test_finds_scripts if {
	found := workflows.scripts with input as _set
	[[place, found[index].text] | some index, place in _at(found)] == [
		["1 jobs/build/steps/2/run", "make"],
		["2 jobs/deploy/steps/1/run", "gh pr checkout ${{ github.event.number }}"],
		["2 jobs/deploy/steps/2/run", "kubectl apply -f x"],
		["0 runs/steps/0/run", "true"],
		["1 jobs/build/steps/1/with/Script", "a()"],
		["1 jobs/build/steps/1/with/cmd", "b"],
		["1 jobs/build/steps/1/with/command", "c"],
		["1 jobs/build/steps/1/with/commands", "d"],
		["1 jobs/build/steps/1/with/inline-script", "e"],
		["1 jobs/build/steps/1/with/inlinescript", "f"],
		["1 jobs/build/steps/1/with/run", "g"],
	]
	{script.step.path | some script in found; script.id == 1} == {["jobs", "build", "steps", 1], ["jobs", "build", "steps", 2]}
}

test_finds_environments_of_every_level if {
	found := workflows.environments with input as _set
	[[place, found[index].scope, found[index].values] | some index, place in _at(found)] == [
		["1 env", [], {"A": "b"}],
		["1 jobs/build/env", ["jobs", "build"], {"C": "d"}],
		["1 jobs/build/steps/2/env", ["jobs", "build", "steps", 2], {"E": 1}],
		["0 runs/steps/0/env", ["runs", "steps", 0], {"F": "g"}],
	]
	steps := workflows.steps with input as _set
	{step.scopes | some step in steps; step.id == 0} == {[["runs", "steps", 0]], [["runs", "steps", 1]]}
	steps[2].scopes == [[], ["jobs", "build"], ["jobs", "build", "steps", 2]]
}

test_labels_are_those_of_the_runner if {
	workflows.labels({"runs-on": "a"}) == {"a"}
	workflows.labels({"runs-on": ["a", "b"]}) == {"a", "b"}
	workflows.labels({"runs-on": {"labels": "a"}}) == {"a"}
	workflows.labels({"runs-on": {"group": "a", "labels": ["b", "c"]}}) == {"group a", "b", "c"}
	workflows.labels({"steps": []}) == set()
}

test_labels_of_the_matrix_are_its_values if {
	matrix := {"os": ["a", 5], "x": ["y"], "include": [{"os": "b"}, {"x": "z"}]}
	every written in ["${{ matrix.os }}", "${{matrix.os}}"] {
		workflows.labels({"runs-on": written, "strategy": {"matrix": matrix}}) == {"a", "5", "b"}
	}
	every written in ["${{ matrix.none }}", "${{ matrix.os || 'c' }}", "${{ matrix.os.x }}", "${{ inputs.os }}", "x-${{ matrix.os }}"] {
		workflows.labels({"runs-on": written, "strategy": {"matrix": matrix}}) == {written}
	}
	workflows.labels({"runs-on": "${{ matrix.os }}"}) == {"${{ matrix.os }}"}
	workflows.labels({"runs-on": "${{ matrix.os }}", "strategy": {"matrix": "${{ x }}"}}) == {"${{ matrix.os }}"}
	workflows.labels({"runs-on": "${{ matrix.os }}", "strategy": {"matrix": {"os": "${{ x }}"}}}) == {"${{ matrix.os }}"}
}

test_called_is_what_a_person_reads if {
	workflows.called({"name": "a", "spec": {"name": "B c"}}) == `["a","B c"]`
	workflows.called({"name": "a", "spec": {}}) == `["a",null]`
}

test_finds_every_text if {
	found := workflows.texts with input as testing.set(["testing/plain"])
	{[place, found[index].text] | some index, place in _at(found)} == {
		["0 name", "example"], ["0 on", "push"], ["0 jobs/build/runs-on", "ubuntu-24.04"], ["0 jobs/build/steps/0/run", "make"],
	}
}

test_only_an_expression_is_open if {
	workflows.is_open("a ${{ b }}")
	not workflows.is_open("a $b {{ c }}")
	not workflows.is_open(5)
	not workflows.is_open(["${{ b }}"])
}

test_references_are_what_expressions_refer_to if {
	workflows.references("a.b ${{ C.d }} e.f ${{ g }}") == {"c.d", "g"}
	workflows.references("${{ a['B'].c[ 'd' ] }}") == {"a.b.c.d"}
	workflows.references("${{ a[0].b.*.c[d] }}") == {"a.*.b.*.c.*"}
	workflows.references("${{ format('x.y {0}', a-b_c.d) }}") == {"format", "a-b_c.d"}
	workflows.references("${{ a == 'it''s b.c' }}") == {"a"}
	workflows.references("${{ a['b']['c'] == 'd' || e }}") == {"a.b.c", "e"}
	workflows.references("${{\n  a.b\n}}") == {"a.b"}
	workflows.references("${{ a }} }} b") == {"a"}
	workflows.references("${{ format('}}', a.b) }} c.d") == {"format", "a.b"}
	workflows.references("it's ${{ 'it''s }}' && a }}${{ b }}") == {"a", "b"}
	workflows.references("${{ a") == set()
	workflows.references("$ {{ a }}") == set()
	workflows.references("a") == set()
	not workflows.references(5)
}

_job(name, spec, on) := {"objects": [{"id": 0, "kind": "Workflow", "object": {"on": on, "jobs": {name: spec}}}]}

_deploys(name, spec) if count(workflows.deploying) == 1 with input as _job(name, spec, ["push", "pull_request"])

test_deploying_is_known_by_the_name if {
	every name in ["deploy", "Deploy-it", "a_promote", "rollback 2", "do rollout", "deployment"] {
		_deploys(name, {})
		_deploys("a", {"name": name})
	}
	every name in ["deployer", "redeploy", "promoted", "build", "production"] {
		not _deploys(name, {})
		not _deploys("a", {"name": name})
	}
}

test_deploying_is_known_by_what_is_used if {
	every name in ["azure/webapps-deploy@v3", "a/deploy-b@v1", "a/b/deploy@v1", "a/b_Deploy@v1", "actions/deploy-pages@v4", "./.github/workflows/deploy.yml", "a/deploy"] {
		_deploys("a", {"uses": name})
		_deploys("a", {"steps": [{"run": "true"}, {"uses": name}]})
	}
	every name in ["a/redeployer@v1", "a/deployment@v1", "a/b@deploy"] {
		not _deploys("a", {"uses": name})
		not _deploys("a", {"steps": [{"uses": name}]})
	}
}

test_deploying_is_known_by_what_is_run if {
	every text in [
		"hallmark promote", "./hallmark rollback production", "sudo -E ./hallmark promote", "true &&kubectl -n a apply -f x", "kubectl patch a",
		"kubectl set image a", "kubectl rollout restart a", "kubectl replace -f x", "helm --debug upgrade a", "helm rollback a",
		"terraform -chdir=a apply", "terraform destroy", "tofu apply", "pulumi up", "npx cdk deploy", "serverless deploy", "sls deploy",
		"flyctl deploy", "fly deploy", "eksctl create", "gcloud run deploy a", "gcloud app deploy", "gcloud functions deploy a",
		"az webapp deploy", "az webapp up", "argocd app sync a", "aws ecs update-service", "aws cloudformation deploy",
		"aws lambda update-function-code", "a\n  (helm upgrade a b)", "kub\\\nectl apply -f x", "a;helm upgrade a b", "a|helm upgrade a",
	] {
		_deploys("a", {"steps": [{"run": "true"}, {"run": sprintf("%s\n", [text])}]})
	}
	every text in [
		"hallmark test", "hallmark promoted", "kubectl get pods", "kubectl applyx", "helm template a", "terraform plan", "echo promote",
		"mykubectl apply -f x", "kubectl get x\napply y", "aws s3 ls", "pulumi preview", "cdk diff", "gcloud run list", "az webapp list",
		"argocd app get a", "fly logs",
	] {
		not _deploys("a", {"steps": [{"run": sprintf("%s\n", [text])}]})
	}
}

test_deploying_is_nothing_that_only_judges_changes if {
	every on in ["pull_request", ["merge_group", "pull_request"]] {
		count(workflows.deploying) == 0 with input as _job("deploy", {}, on)
	}
	every on in ["push", ["merge_group", "schedule"]] {
		count(workflows.deploying) == 1 with input as _job("deploy", {}, on)
	}
}
