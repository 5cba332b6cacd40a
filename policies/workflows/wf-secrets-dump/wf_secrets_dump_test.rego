package hallmark.workflows.wf_secrets_dump_test

import data.hallmark.testing.workflows
import data.hallmark.workflows.wf_secrets_dump

test_denies_its_example if {
	set := workflows.set(["wf-secrets-dump/fail"])
	found := wf_secrets_dump.violations with input as set
	workflows.places(found) == {"jobs/build/steps/0/env/ALL"}
}

test_allows_what_is_as_it_should_be if {
	set := workflows.set(["wf-secrets-dump/pass"])
	count(wf_secrets_dump.violations) == 0 with input as set
}

test_applies_to_what_it_is_about_only if {
	set := workflows.set(["wf-secrets-dump/fail", "wf-action-sha/fail-in-action"])
	wf_secrets_dump.applies == {0, 1} with input as set
}
