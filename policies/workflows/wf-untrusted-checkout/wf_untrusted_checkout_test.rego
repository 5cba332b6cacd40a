package hallmark.workflows.wf_untrusted_checkout_test

import data.hallmark.testing.workflows
import data.hallmark.workflows.wf_untrusted_checkout

test_denies_its_example if {
	set := workflows.set(["wf-untrusted-checkout/fail"])
	found := wf_untrusted_checkout.violations with input as set
	workflows.places(found) == {"jobs/build/steps/0/with/ref"}
}

test_allows_what_is_as_it_should_be if {
	set := workflows.set(["wf-untrusted-checkout/pass"])
	count(wf_untrusted_checkout.violations) == 0 with input as set
}

test_denies_refs if {
	set := workflows.set(["wf-untrusted-checkout/fail-refs"])
	found := wf_untrusted_checkout.violations with input as set
	workflows.places(found) == {"jobs/build/steps/0/with/ref", "jobs/build/steps/1/with/repository", "jobs/build/steps/2/with/ref", "jobs/build/steps/3/with/ref", "jobs/build/steps/4/with/ref", "jobs/build/steps/5/with/ref"}
}

test_denies_commands if {
	set := workflows.set(["wf-untrusted-checkout/fail-commands"])
	found := wf_untrusted_checkout.violations with input as set
	workflows.places(found) == {"jobs/build/steps/0/run", "jobs/build/steps/1/run", "jobs/build/steps/2/run", "jobs/build/steps/3/run"}
}

test_denies_commands_of_each_kind if {
	set := workflows.set(["wf-untrusted-checkout/fail-commands-of-each-kind"])
	found := wf_untrusted_checkout.violations with input as set
	workflows.places(found) == {"jobs/build/steps/0/run", "jobs/build/steps/1/run", "jobs/build/steps/2/run", "jobs/build/steps/3/run", "jobs/build/steps/4/run"}
}

test_allows_commands if {
	set := workflows.set(["wf-untrusted-checkout/pass-commands"])
	count(wf_untrusted_checkout.violations) == 0 with input as set
}

test_denies_what_comes_by_the_environment if {
	set := workflows.set(["wf-untrusted-checkout/fail-environment"])
	found := wf_untrusted_checkout.violations with input as set
	workflows.places(found) == {"jobs/build/steps/0/with/ref", "jobs/build/steps/1/run", "jobs/build/steps/2/run", "jobs/build/steps/3/with/ref", "jobs/other/steps/0/run"}
}

test_allows_other_variables if {
	set := workflows.set(["wf-untrusted-checkout/pass-environment"])
	count(wf_untrusted_checkout.violations) == 0 with input as set
}

test_asks_the_environment_of_the_same_workflow_only if {
	set := workflows.set(["wf-untrusted-checkout/pass-environment", "wf-untrusted-checkout/fail-environment"])
	found := wf_untrusted_checkout.violations with input as set
	{one.object | some one in found} == {1}
}

test_applies_to_what_it_is_about_only if {
	set := workflows.set(["wf-untrusted-checkout/fail", "testing/plain", "wf-untrusted-checkout/fail-commands"])
	wf_untrusted_checkout.applies == {0, 2} with input as set
}

test_allows_the_same_in_a_workflow_without_secrets if {
	set := workflows.set(["testing/pull-request"])
	count(wf_untrusted_checkout.violations) == 0 with input as set
}
