package hallmark.workflows.wf_unsecure_commands_test

import data.hallmark.testing.workflows
import data.hallmark.workflows.wf_unsecure_commands

test_denies_its_example if {
	set := workflows.set(["wf-unsecure-commands/fail"])
	found := wf_unsecure_commands.violations with input as set
	workflows.places(found) == {"jobs/build/steps/0/env/ACTIONS_ALLOW_UNSECURE_COMMANDS"}
}

test_allows_what_is_as_it_should_be if {
	set := workflows.set(["wf-unsecure-commands/pass"])
	count(wf_unsecure_commands.violations) == 0 with input as set
}

test_denies_levels if {
	set := workflows.set(["wf-unsecure-commands/fail-levels"])
	found := wf_unsecure_commands.violations with input as set
	workflows.places(found) == {"env/ACTIONS_ALLOW_UNSECURE_COMMANDS", "jobs/build/env/actions_allow_unsecure_commands"}
}

test_allows_text if {
	set := workflows.set(["wf-unsecure-commands/pass-text"])
	count(wf_unsecure_commands.violations) == 0 with input as set
}

test_applies_to_what_it_is_about_only if {
	set := workflows.set(["wf-unsecure-commands/fail", "testing/plain"])
	wf_unsecure_commands.applies == {0} with input as set
}
