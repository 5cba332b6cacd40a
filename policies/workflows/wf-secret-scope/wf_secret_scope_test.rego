package hallmark.workflows.wf_secret_scope_test

import data.hallmark.testing.workflows
import data.hallmark.workflows.wf_secret_scope

test_denies_its_example if {
	set := workflows.set(["wf-secret-scope/fail"])
	found := wf_secret_scope.violations with input as set
	workflows.places(found) == {"jobs/build/env/TOKEN"}
}

test_allows_what_is_as_it_should_be if {
	set := workflows.set(["wf-secret-scope/pass"])
	count(wf_secret_scope.violations) == 0 with input as set
}

test_denies_top if {
	set := workflows.set(["wf-secret-scope/fail-top"])
	found := wf_secret_scope.violations with input as set
	workflows.places(found) == {"env/TOKEN"}
}

test_applies_to_what_it_is_about_only if {
	set := workflows.set(["wf-secret-scope/fail", "testing/plain", "wf-cloud-keys/fail", "wf-secret-scope/fail-top"])
	wf_secret_scope.applies == {0, 3} with input as set
}
