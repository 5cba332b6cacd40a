package hallmark.manifests.default_service_account_test

import data.hallmark.manifests.default_service_account
import data.hallmark.testing

test_denies_unset if {
	set := testing.changed("apps/Deployment", [{"op": "remove", "path": "/spec/template/spec/serviceAccountName"}])
	found := default_service_account.violations with input as set
	testing.places(set, found) == {"Deployment: spec/template/spec/serviceAccountName"}
}

test_denies_default if {
	set := testing.changed("apps/Deployment", [{"op": "add", "path": "/spec/template/spec/serviceAccountName", "value": "default"}])
	found := default_service_account.violations with input as set
	testing.places(set, found) == {"Deployment: spec/template/spec/serviceAccountName"}
}

test_allows_what_is_as_it_should_be if {
	set := testing.all
	found := default_service_account.violations with input as set
	count(found) == 0
}

test_applies_to_its_kinds_only if {
	found := default_service_account.applies with input as testing.all
	testing.kinds(testing.all, found) == {"CronJob", "Deployment", "StatefulSet"}
}
