package hallmark.workflows.wf_concurrency_test

import data.hallmark.testing.workflows
import data.hallmark.workflows.wf_concurrency

test_denies_its_example if {
	set := workflows.set(["wf-concurrency/fail"])
	found := wf_concurrency.violations with input as set
	workflows.places(found) == {"jobs/release"}
	count(wf_concurrency.unknowns) == 0 with input as set
}

test_allows_what_is_as_it_should_be if {
	set := workflows.set(["wf-concurrency/pass"])
	count(wf_concurrency.violations) == 0 with input as set
	count(wf_concurrency.unknowns) == 0 with input as set
}

test_denies_cancels if {
	set := workflows.set(["wf-concurrency/fail-cancels"])
	found := wf_concurrency.violations with input as set
	workflows.places(found) == {"concurrency"}
	count(wf_concurrency.unknowns) == 0 with input as set
}

test_denies_job_cancels if {
	set := workflows.set(["wf-concurrency/fail-job-cancels"])
	found := wf_concurrency.violations with input as set
	workflows.places(found) == {"jobs/deploy/concurrency"}
	count(wf_concurrency.unknowns) == 0 with input as set
}

test_denies_environment if {
	set := workflows.set(["wf-concurrency/fail-environment"])
	found := wf_concurrency.violations with input as set
	workflows.places(found) == {"jobs/build"}
	count(wf_concurrency.unknowns) == 0 with input as set
}

test_denies_called if {
	set := workflows.set(["wf-concurrency/fail-called"])
	found := wf_concurrency.violations with input as set
	workflows.places(found) == {"jobs/deploy"}
	count(wf_concurrency.unknowns) == 0 with input as set
}

test_allows_job if {
	set := workflows.set(["wf-concurrency/pass-job"])
	count(wf_concurrency.violations) == 0 with input as set
	count(wf_concurrency.unknowns) == 0 with input as set
}

test_leaves_open_what_has_no_value if {
	set := workflows.set(["wf-concurrency/unknown"])
	found := wf_concurrency.unknowns with input as set
	workflows.places(found) == {"jobs/deploy/concurrency"}
	count(wf_concurrency.violations) == 0 with input as set
}

test_applies_to_what_it_is_about_only if {
	set := workflows.set(["wf-concurrency/fail", "testing/plain", "wf-concurrency/fail-environment"])
	wf_concurrency.applies == {0, 2} with input as set
}
