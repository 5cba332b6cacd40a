package hallmark.workflows.wf_persist_credentials_test

import data.hallmark.testing.workflows
import data.hallmark.workflows.wf_persist_credentials

test_denies_its_example if {
	set := workflows.set(["wf-persist-credentials/fail"])
	found := wf_persist_credentials.violations with input as set
	workflows.places(found) == {"jobs/build/steps/0"}
	count(wf_persist_credentials.unknowns) == 0 with input as set
}

test_allows_what_is_as_it_should_be if {
	set := workflows.set(["wf-persist-credentials/pass"])
	count(wf_persist_credentials.violations) == 0 with input as set
	count(wf_persist_credentials.unknowns) == 0 with input as set
}

test_denies_true if {
	set := workflows.set(["wf-persist-credentials/fail-true"])
	found := wf_persist_credentials.violations with input as set
	workflows.places(found) == {"jobs/build/steps/0", "jobs/build/steps/1", "jobs/build/steps/2"}
	count(wf_persist_credentials.unknowns) == 0 with input as set
}

test_denies_in_action if {
	set := workflows.set(["wf-persist-credentials/fail-in-action"])
	found := wf_persist_credentials.violations with input as set
	workflows.places(found) == {"runs/steps/0"}
	count(wf_persist_credentials.unknowns) == 0 with input as set
}

test_allows_text if {
	set := workflows.set(["wf-persist-credentials/pass-text"])
	count(wf_persist_credentials.violations) == 0 with input as set
	count(wf_persist_credentials.unknowns) == 0 with input as set
}

test_leaves_open_what_has_no_value if {
	set := workflows.set(["wf-persist-credentials/unknown"])
	found := wf_persist_credentials.unknowns with input as set
	workflows.places(found) == {"jobs/build/steps/0/with/persist-credentials"}
	count(wf_persist_credentials.violations) == 0 with input as set
}

test_applies_to_what_it_is_about_only if {
	set := workflows.set(["wf-persist-credentials/fail", "testing/plain"])
	wf_persist_credentials.applies == {0} with input as set
}
