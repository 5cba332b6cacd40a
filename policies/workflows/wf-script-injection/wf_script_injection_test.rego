package hallmark.workflows.wf_script_injection_test

import data.hallmark.testing.workflows
import data.hallmark.workflows.wf_script_injection

test_denies_its_example if {
	set := workflows.set(["wf-script-injection/fail"])
	found := wf_script_injection.violations with input as set
	workflows.places(found) == {"jobs/build/steps/0/run"}
}

test_allows_what_is_as_it_should_be if {
	set := workflows.set(["wf-script-injection/pass"])
	count(wf_script_injection.violations) == 0 with input as set
}

test_denies_texts if {
	set := workflows.set(["wf-script-injection/fail-texts"])
	found := wf_script_injection.violations with input as set
	workflows.places(found) == {"jobs/build/steps/0/run", "jobs/build/steps/1/run", "jobs/build/steps/2/run", "jobs/build/steps/3/run", "jobs/build/steps/4/run", "jobs/build/steps/5/run", "jobs/build/steps/6/run", "jobs/build/steps/7/run", "jobs/build/steps/8/run", "jobs/build/steps/9/run", "jobs/build/steps/10/run", "jobs/build/steps/11/run", "jobs/build/steps/12/run", "jobs/build/steps/13/run"}
}

test_denies_second_expression if {
	set := workflows.set(["wf-script-injection/fail-second-expression"])
	found := wf_script_injection.violations with input as set
	workflows.places(found) == {"jobs/build/steps/0/run"}
}

test_denies_inputs if {
	set := workflows.set(["wf-script-injection/fail-inputs"])
	found := wf_script_injection.violations with input as set
	workflows.places(found) == {"jobs/build/steps/0/run", "jobs/build/steps/1/run", "jobs/build/steps/2/run"}
}

test_denies_in_action if {
	set := workflows.set(["wf-script-injection/fail-in-action"])
	found := wf_script_injection.violations with input as set
	workflows.places(found) == {"runs/steps/0/run"}
}

test_denies_inputs_of_actions if {
	set := workflows.set(["wf-script-injection/fail-inputs-of-actions"])
	found := wf_script_injection.violations with input as set
	workflows.places(found) == {"jobs/build/steps/0/with/script", "jobs/build/steps/1/with/inline-script", "jobs/build/steps/2/with/inlineScript", "jobs/build/steps/3/with/run", "jobs/build/steps/4/with/cmd", "jobs/build/steps/5/with/command", "jobs/build/steps/6/with/Commands"}
}

test_denies_environment if {
	set := workflows.set(["wf-script-injection/fail-environment"])
	found := wf_script_injection.violations with input as set
	workflows.places(found) == {"jobs/build/steps/0/run", "jobs/build/steps/1/run", "jobs/build/steps/2/run"}
}

test_allows_bounded if {
	set := workflows.set(["wf-script-injection/pass-bounded"])
	count(wf_script_injection.violations) == 0 with input as set
}

test_applies_to_what_it_is_about_only if {
	set := workflows.set(["wf-script-injection/fail", "wf-action-sha/fail", "wf-script-injection/fail-inputs-of-actions"])
	wf_script_injection.applies == {0, 2} with input as set
}

test_keeps_files_apart if {
	set := workflows.set(["wf-script-injection/fail-environment", "testing/uses-title", "wf-script-injection/pass-bounded", "wf-script-injection/fail-inputs"])
	{violation.object | some violation in wf_script_injection.violations} == {0, 3} with input as set
}

test_asks_the_inputs_of_the_same_file_only if {
	found := wf_script_injection.violations with input as workflows.set(["wf-script-injection/fail-inputs", "testing/boolean-version"])
	count(found) == 3
}
