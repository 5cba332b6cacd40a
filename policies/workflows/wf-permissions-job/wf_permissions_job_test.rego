package hallmark.workflows.wf_permissions_job_test

import data.hallmark.testing.workflows
import data.hallmark.workflows.wf_permissions_job

test_denies_its_example if {
	set := workflows.set(["wf-permissions-job/fail"])
	found := wf_permissions_job.violations with input as set
	workflows.places(found) == {"jobs/build/permissions"}
}

test_allows_what_is_as_it_should_be if {
	set := workflows.set(["wf-permissions-job/pass"])
	count(wf_permissions_job.violations) == 0 with input as set
}

test_denies_read_all if {
	set := workflows.set(["wf-permissions-job/fail-read-all"])
	found := wf_permissions_job.violations with input as set
	workflows.places(found) == {"jobs/b/permissions"}
}

test_applies_to_what_it_is_about_only if {
	set := workflows.set(["wf-permissions-job/fail", "testing/plain"])
	wf_permissions_job.applies == {0} with input as set
}
