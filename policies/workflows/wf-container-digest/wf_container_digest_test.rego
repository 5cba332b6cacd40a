package hallmark.workflows.wf_container_digest_test

import data.hallmark.testing.workflows
import data.hallmark.workflows.wf_container_digest

test_denies_its_example if {
	set := workflows.set(["wf-container-digest/fail"])
	found := wf_container_digest.violations with input as set
	workflows.places(found) == {"jobs/build/container"}
	count(wf_container_digest.unknowns) == 0 with input as set
}

test_allows_what_is_as_it_should_be if {
	set := workflows.set(["wf-container-digest/pass"])
	count(wf_container_digest.violations) == 0 with input as set
	count(wf_container_digest.unknowns) == 0 with input as set
}

test_denies_services if {
	set := workflows.set(["wf-container-digest/fail-services"])
	found := wf_container_digest.violations with input as set
	workflows.places(found) == {"jobs/build/container", "jobs/build/services/db", "jobs/build/services/cache"}
	count(wf_container_digest.unknowns) == 0 with input as set
}

test_denies_action if {
	set := workflows.set(["wf-container-digest/fail-action"])
	found := wf_container_digest.violations with input as set
	workflows.places(found) == {"runs/image"}
	count(wf_container_digest.unknowns) == 0 with input as set
}

test_allows_action_with_digest if {
	set := workflows.set(["wf-container-digest/pass-action", "wf-container-digest/pass"])
	count(wf_container_digest.violations) == 0 with input as set
	wf_container_digest.applies == {0, 1} with input as set
}

test_does_not_apply_to_action_that_builds_its_image if {
	wf_container_digest.applies == set() with input as workflows.set(["testing/dockerfile"])
}

test_allows_registry if {
	set := workflows.set(["wf-container-digest/pass-registry"])
	count(wf_container_digest.violations) == 0 with input as set
	count(wf_container_digest.unknowns) == 0 with input as set
}

test_leaves_open_what_has_no_value if {
	set := workflows.set(["wf-container-digest/unknown"])
	found := wf_container_digest.unknowns with input as set
	workflows.places(found) == {"jobs/build/container"}
	count(wf_container_digest.violations) == 0 with input as set
}

test_applies_to_what_it_is_about_only if {
	set := workflows.set(["wf-container-digest/fail", "testing/plain"])
	wf_container_digest.applies == {0} with input as set
}
