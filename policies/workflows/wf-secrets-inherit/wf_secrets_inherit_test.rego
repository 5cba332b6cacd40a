package hallmark.workflows.wf_secrets_inherit_test

import data.hallmark.testing.workflows
import data.hallmark.workflows.wf_secrets_inherit

test_denies_its_example if {
	set := workflows.set(["wf-secrets-inherit/fail"])
	found := wf_secrets_inherit.violations with input as set
	workflows.places(found) == {"jobs/call/secrets"}
}

test_allows_what_is_as_it_should_be if {
	set := workflows.set(["wf-secrets-inherit/pass"])
	count(wf_secrets_inherit.violations) == 0 with input as set
}

test_applies_to_what_it_is_about_only if {
	set := workflows.set(["wf-secrets-inherit/fail", "testing/plain"])
	wf_secrets_inherit.applies == {0} with input as set
}
