package hallmark.workflows.wf_dangerous_trigger_test

import data.hallmark.testing.workflows
import data.hallmark.workflows.wf_dangerous_trigger

test_denies_its_example if {
	set := workflows.set(["wf-dangerous-trigger/fail"])
	found := wf_dangerous_trigger.violations with input as set
	workflows.places(found) == {"on"}
}

test_allows_what_is_as_it_should_be if {
	set := workflows.set(["wf-dangerous-trigger/pass"])
	count(wf_dangerous_trigger.violations) == 0 with input as set
}

test_denies_workflow_run if {
	set := workflows.set(["wf-dangerous-trigger/fail-workflow-run"])
	found := wf_dangerous_trigger.violations with input as set
	workflows.places(found) == {"on"}
}

test_applies_to_what_it_is_about_only if {
	set := workflows.set(["wf-dangerous-trigger/fail", "testing/plain", "wf-action-sha/fail-in-action"])
	wf_dangerous_trigger.applies == {0, 1} with input as set
}
