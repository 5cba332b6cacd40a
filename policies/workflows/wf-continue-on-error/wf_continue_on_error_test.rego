package hallmark.workflows.wf_continue_on_error_test

import data.hallmark.testing.workflows
import data.hallmark.workflows.wf_continue_on_error

test_denies_its_example if {
	set := workflows.set(["wf-continue-on-error/fail"])
	found := wf_continue_on_error.violations with input as set
	workflows.places(found) == {"jobs/build/steps/0/continue-on-error"}
	count(wf_continue_on_error.unknowns) == 0 with input as set
}

test_allows_what_is_as_it_should_be if {
	set := workflows.set(["wf-continue-on-error/pass"])
	count(wf_continue_on_error.violations) == 0 with input as set
	count(wf_continue_on_error.unknowns) == 0 with input as set
}

test_denies_job if {
	set := workflows.set(["wf-continue-on-error/fail-job"])
	found := wf_continue_on_error.violations with input as set
	workflows.places(found) == {"jobs/build/continue-on-error"}
	count(wf_continue_on_error.unknowns) == 0 with input as set
}

test_denies_push if {
	set := workflows.set(["wf-continue-on-error/fail-push"])
	found := wf_continue_on_error.violations with input as set
	workflows.places(found) == {"jobs/build/continue-on-error"}
	count(wf_continue_on_error.unknowns) == 0 with input as set
}

test_leaves_open_what_has_no_value if {
	set := workflows.set(["wf-continue-on-error/unknown"])
	found := wf_continue_on_error.unknowns with input as set
	workflows.places(found) == {"jobs/build/continue-on-error"}
	count(wf_continue_on_error.violations) == 0 with input as set
}

test_applies_to_what_it_is_about_only if {
	set := workflows.set(["wf-continue-on-error/fail", "testing/schedule", "wf-action-sha/fail-in-action"])
	wf_continue_on_error.applies == {0} with input as set
}
