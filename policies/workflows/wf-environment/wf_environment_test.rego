package hallmark.workflows.wf_environment_test

import data.hallmark.testing.workflows
import data.hallmark.workflows.wf_environment

test_denies_its_example if {
	set := workflows.set(["wf-environment/fail"])
	found := wf_environment.violations with input as set
	workflows.places(found) == {"jobs/release"}
}

test_allows_what_is_as_it_should_be if {
	set := workflows.set(["wf-environment/pass"])
	count(wf_environment.violations) == 0 with input as set
}

test_denies_commands if {
	set := workflows.set(["wf-environment/fail-commands"])
	found := wf_environment.violations with input as set
	workflows.places(found) == {"jobs/a0", "jobs/a1", "jobs/a2", "jobs/a3", "jobs/a4", "jobs/a5", "jobs/a6", "jobs/a7", "jobs/a8", "jobs/a9", "jobs/a10", "jobs/a11", "jobs/a12", "jobs/a13", "jobs/a14", "jobs/a15", "jobs/a16", "jobs/a17", "jobs/a18", "jobs/a19", "jobs/a20"}
}

test_denies_names if {
	set := workflows.set(["wf-environment/fail-names"])
	found := wf_environment.violations with input as set
	workflows.places(found) == {"jobs/deploy", "jobs/a", "jobs/roll", "jobs/do-rollback", "jobs/b"}
}

test_denies_actions if {
	set := workflows.set(["wf-environment/fail-actions"])
	found := wf_environment.violations with input as set
	workflows.places(found) == {"jobs/a", "jobs/b", "jobs/c", "jobs/d"}
}

test_allows_others if {
	set := workflows.set(["wf-environment/pass-others"])
	count(wf_environment.violations) == 0 with input as set
}

test_applies_to_what_it_is_about_only if {
	set := workflows.set(["wf-environment/fail", "testing/plain", "testing/pull-request", "wf-environment/fail-actions"])
	wf_environment.applies == {0, 3} with input as set
}
