package hallmark.workflows.wf_secret_script_test

import data.hallmark.testing.workflows
import data.hallmark.workflows.wf_secret_script

test_denies_its_example if {
	set := workflows.set(["wf-secret-script/fail"])
	found := wf_secret_script.violations with input as set
	workflows.places(found) == {"jobs/build/steps/0/run"}
}

test_allows_what_is_as_it_should_be if {
	set := workflows.set(["wf-secret-script/pass"])
	count(wf_secret_script.violations) == 0 with input as set
}

test_denies_token if {
	set := workflows.set(["wf-secret-script/fail-token"])
	found := wf_secret_script.violations with input as set
	workflows.places(found) == {"jobs/build/steps/0/run", "jobs/build/steps/1/with/script"}
}

test_allows_others if {
	set := workflows.set(["wf-secret-script/pass-others"])
	count(wf_secret_script.violations) == 0 with input as set
}

test_applies_to_what_it_is_about_only if {
	set := workflows.set(["wf-secret-script/fail", "wf-action-sha/fail"])
	wf_secret_script.applies == {0} with input as set
}
