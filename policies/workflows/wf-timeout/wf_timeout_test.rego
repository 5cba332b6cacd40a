package hallmark.workflows.wf_timeout_test

import data.hallmark.testing.workflows
import data.hallmark.workflows.wf_timeout

test_denies_its_example if {
	set := workflows.set(["wf-timeout/fail"])
	found := wf_timeout.violations with input as set
	workflows.places(found) == {"jobs/build"}
	count(wf_timeout.unknowns) == 0 with input as set
}

test_allows_what_is_as_it_should_be if {
	set := workflows.set(["wf-timeout/pass"])
	count(wf_timeout.violations) == 0 with input as set
	count(wf_timeout.unknowns) == 0 with input as set
}

test_denies_bounds if {
	set := workflows.set(["wf-timeout/fail-bounds"])
	found := wf_timeout.violations with input as set
	workflows.places(found) == {"jobs/a/timeout-minutes", "jobs/b/timeout-minutes"}
	count(wf_timeout.unknowns) == 0 with input as set
}

test_allows_called if {
	set := workflows.set(["wf-timeout/pass-called"])
	count(wf_timeout.violations) == 0 with input as set
	count(wf_timeout.unknowns) == 0 with input as set
}

test_leaves_open_what_has_no_value if {
	set := workflows.set(["wf-timeout/unknown"])
	found := wf_timeout.unknowns with input as set
	workflows.places(found) == {"jobs/build/timeout-minutes"}
	count(wf_timeout.violations) == 0 with input as set
}

test_applies_to_what_it_is_about_only if {
	set := workflows.set(["wf-timeout/fail", "wf-action-sha/fail-reusable-workflow"])
	wf_timeout.applies == {0} with input as set
}
