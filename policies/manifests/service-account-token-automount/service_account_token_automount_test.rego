package hallmark.manifests.service_account_token_automount_test

import data.hallmark.manifests.service_account_token_automount
import data.hallmark.testing

test_denies_unset if {
	set := testing.changed("apps/Deployment", [{"op": "remove", "path": "/spec/template/spec/automountServiceAccountToken"}])
	found := service_account_token_automount.violations with input as set
	testing.places(set, found) == {"Deployment: spec/template/spec/automountServiceAccountToken"}
}

test_denies_true if {
	set := testing.changed("apps/Deployment", [{"op": "add", "path": "/spec/template/spec/automountServiceAccountToken", "value": true}])
	found := service_account_token_automount.violations with input as set
	testing.places(set, found) == {"Deployment: spec/template/spec/automountServiceAccountToken"}
}

test_allows_what_is_as_it_should_be if {
	set := testing.all
	found := service_account_token_automount.violations with input as set
	count(found) == 0
}

test_applies_to_its_kinds_only if {
	found := service_account_token_automount.applies with input as testing.all
	testing.kinds(testing.all, found) == {"CronJob", "Deployment", "StatefulSet"}
}
