package hallmark.workflows.wf_self_hosted_test

import data.hallmark.testing.workflows
import data.hallmark.workflows.wf_self_hosted

test_denies_its_example if {
	set := workflows.set(["wf-self-hosted/fail"])
	found := wf_self_hosted.violations with input as set
	workflows.places(found) == {"jobs/build/runs-on"}
	count(wf_self_hosted.unknowns) == 0 with input as set
}

test_allows_what_is_as_it_should_be if {
	set := workflows.set(["wf-self-hosted/pass"])
	count(wf_self_hosted.violations) == 0 with input as set
	count(wf_self_hosted.unknowns) == 0 with input as set
}

test_denies_labels if {
	set := workflows.set(["wf-self-hosted/fail-labels"])
	found := wf_self_hosted.violations with input as set
	workflows.places(found) == {"jobs/a/runs-on", "jobs/b/runs-on", "jobs/c/runs-on", "jobs/d/runs-on", "jobs/e/runs-on"}
	count(wf_self_hosted.unknowns) == 0 with input as set
}

test_denies_matrix if {
	set := workflows.set(["wf-self-hosted/fail-matrix"])
	found := wf_self_hosted.violations with input as set
	workflows.places(found) == {"jobs/a/runs-on", "jobs/b/runs-on"}
	count(wf_self_hosted.unknowns) == 0 with input as set
}

test_denies_events if {
	set := workflows.set(["wf-self-hosted/fail-events"])
	found := wf_self_hosted.violations with input as set
	workflows.places(found) == {"jobs/build/runs-on"}
	count(wf_self_hosted.unknowns) == 0 with input as set
}

test_denies_other_events if {
	set := workflows.set(["wf-self-hosted/fail-other-events"])
	found := wf_self_hosted.violations with input as set
	workflows.places(found) == {"jobs/build/runs-on"}
	count(wf_self_hosted.unknowns) == 0 with input as set
}

test_allows_matrix if {
	set := workflows.set(["wf-self-hosted/pass-matrix"])
	count(wf_self_hosted.violations) == 0 with input as set
	count(wf_self_hosted.unknowns) == 0 with input as set
}

test_leaves_open_what_has_no_value if {
	set := workflows.set(["wf-self-hosted/unknown"])
	found := wf_self_hosted.unknowns with input as set
	workflows.places(found) == {"jobs/build/runs-on", "jobs/matrix/runs-on"}
	count(wf_self_hosted.violations) == 0 with input as set
}

test_applies_to_what_it_is_about_only if {
	set := workflows.set(["wf-self-hosted/fail", "wf-permissions/fail", "testing/call"])
	wf_self_hosted.applies == {0} with input as set
}
