package hallmark.workflows.wf_script_expression_test

import data.hallmark.testing.workflows
import data.hallmark.workflows.wf_script_expression

test_denies_its_example if {
	set := workflows.set(["wf-script-expression/fail"])
	found := wf_script_expression.violations with input as set
	workflows.places(found) == {"jobs/build/steps/0/run"}
}

test_allows_what_is_as_it_should_be if {
	set := workflows.set(["wf-script-expression/pass"])
	count(wf_script_expression.violations) == 0 with input as set
}

test_applies_to_what_it_is_about_only if {
	set := workflows.set(["wf-script-expression/fail", "wf-action-sha/fail"])
	wf_script_expression.applies == {0} with input as set
}
