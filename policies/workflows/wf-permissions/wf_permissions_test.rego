package hallmark.workflows.wf_permissions_test

import data.hallmark.testing.workflows
import data.hallmark.workflows.wf_permissions

test_denies_its_example if {
	set := workflows.set(["wf-permissions/fail"])
	found := wf_permissions.violations with input as set
	workflows.places(found) == {""}
}

test_allows_what_is_as_it_should_be if {
	set := workflows.set(["wf-permissions/pass"])
	count(wf_permissions.violations) == 0 with input as set
}

test_denies_write_all if {
	set := workflows.set(["wf-permissions/fail-write-all"])
	found := wf_permissions.violations with input as set
	workflows.places(found) == {"permissions"}
}

test_denies_read_all if {
	set := workflows.set(["wf-permissions/fail-read-all"])
	found := wf_permissions.violations with input as set
	workflows.places(found) == {"permissions"}
}

test_denies_write if {
	set := workflows.set(["wf-permissions/fail-write"])
	found := wf_permissions.violations with input as set
	workflows.places(found) == {"permissions/id-token", "permissions/packages"}
}

test_denies_only_at_jobs if {
	set := workflows.set(["wf-permissions/fail-only-at-jobs"])
	found := wf_permissions.violations with input as set
	workflows.places(found) == {""}
}

test_allows_read if {
	set := workflows.set(["wf-permissions/pass-read"])
	count(wf_permissions.violations) == 0 with input as set
}

test_applies_to_what_it_is_about_only if {
	set := workflows.set(["wf-permissions/fail", "testing/plain", "wf-action-sha/fail-in-action"])
	wf_permissions.applies == {0, 1} with input as set
}
