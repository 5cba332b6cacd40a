package hallmark.workflows.wf_action_sha_test

import data.hallmark.testing.workflows
import data.hallmark.workflows.wf_action_sha

test_denies_its_example if {
	set := workflows.set(["wf-action-sha/fail"])
	found := wf_action_sha.violations with input as set
	workflows.places(found) == {"jobs/build/steps/0/uses"}
}

test_allows_what_is_as_it_should_be if {
	set := workflows.set(["wf-action-sha/pass"])
	count(wf_action_sha.violations) == 0 with input as set
}

test_denies_others if {
	set := workflows.set(["wf-action-sha/fail-others"])
	found := wf_action_sha.violations with input as set
	workflows.places(found) == {"jobs/build/steps/1/uses", "jobs/build/steps/2/uses", "jobs/build/steps/3/uses", "jobs/build/steps/4/uses", "jobs/build/steps/5/uses", "jobs/build/steps/6/uses", "jobs/build/steps/7/uses"}
}

test_denies_reusable_workflow if {
	set := workflows.set(["wf-action-sha/fail-reusable-workflow"])
	found := wf_action_sha.violations with input as set
	workflows.places(found) == {"jobs/call/uses"}
}

test_denies_in_action if {
	set := workflows.set(["wf-action-sha/fail-in-action"])
	found := wf_action_sha.violations with input as set
	workflows.places(found) == {"runs/steps/0/uses"}
}

test_allows_others if {
	set := workflows.set(["wf-action-sha/pass-others"])
	count(wf_action_sha.violations) == 0 with input as set
}

test_applies_to_what_it_is_about_only if {
	set := workflows.set(["wf-action-sha/fail", "testing/plain", "wf-action-sha/fail-in-action"])
	wf_action_sha.applies == {0, 2} with input as set
}
