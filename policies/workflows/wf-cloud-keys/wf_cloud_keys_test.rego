package hallmark.workflows.wf_cloud_keys_test

import data.hallmark.testing.workflows
import data.hallmark.workflows.wf_cloud_keys

test_denies_its_example if {
	set := workflows.set(["wf-cloud-keys/fail"])
	found := wf_cloud_keys.violations with input as set
	workflows.places(found) == {"jobs/build/steps/0/env/AWS_SECRET_ACCESS_KEY"}
}

test_allows_what_is_as_it_should_be if {
	set := workflows.set(["wf-cloud-keys/pass"])
	count(wf_cloud_keys.violations) == 0 with input as set
}

test_denies_names if {
	set := workflows.set(["wf-cloud-keys/fail-names"])
	found := wf_cloud_keys.violations with input as set
	workflows.places(found) == {"jobs/build/env/A0", "jobs/build/env/A1", "jobs/build/env/A2", "jobs/build/env/A3", "jobs/build/env/A4", "jobs/build/env/A5", "jobs/build/env/A6", "jobs/build/env/A7", "jobs/build/env/A8", "jobs/build/env/A9", "jobs/build/env/A10", "jobs/build/env/A11"}
}

test_denies_actions if {
	set := workflows.set(["wf-cloud-keys/fail-actions"])
	found := wf_cloud_keys.violations with input as set
	workflows.places(found) == {"jobs/build/steps/0/with/aws-access-key-id", "jobs/build/steps/1/with/aws-secret-access-key", "jobs/build/steps/2/with/credentials_json", "jobs/build/steps/3/with/creds", "jobs/build/steps/4/with/Client-Secret"}
}

test_denies_top if {
	set := workflows.set(["wf-cloud-keys/fail-top"])
	found := wf_cloud_keys.violations with input as set
	workflows.places(found) == {"env/KEY"}
}

test_allows_others if {
	set := workflows.set(["wf-cloud-keys/pass-others"])
	count(wf_cloud_keys.violations) == 0 with input as set
}

test_applies_to_what_it_is_about_only if {
	set := workflows.set(["wf-cloud-keys/fail", "wf-action-sha/fail-in-action"])
	wf_cloud_keys.applies == {0, 1} with input as set
}
