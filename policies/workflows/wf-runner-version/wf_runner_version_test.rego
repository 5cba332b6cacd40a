package hallmark.workflows.wf_runner_version_test

import data.hallmark.testing.workflows
import data.hallmark.workflows.wf_runner_version

test_denies_its_example if {
	set := workflows.set(["wf-runner-version/fail"])
	found := wf_runner_version.violations with input as set
	workflows.places(found) == {"jobs/build/runs-on"}
}

test_allows_what_is_as_it_should_be if {
	set := workflows.set(["wf-runner-version/pass"])
	count(wf_runner_version.violations) == 0 with input as set
}

test_denies_list if {
	set := workflows.set(["wf-runner-version/fail-list"])
	found := wf_runner_version.violations with input as set
	workflows.places(found) == {"jobs/build/runs-on"}
}

test_applies_to_what_it_is_about_only if {
	set := workflows.set(["wf-runner-version/fail", "wf-action-sha/fail-reusable-workflow", "wf-runner-version/fail-list"])
	wf_runner_version.applies == {0, 2} with input as set
}
