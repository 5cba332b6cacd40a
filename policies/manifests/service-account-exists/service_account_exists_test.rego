package hallmark.manifests.service_account_exists_test

import data.hallmark.manifests.service_account_exists
import data.hallmark.testing

test_denies_another_account if {
	set := testing.changed("apps/Deployment", [{"op": "add", "path": "/spec/template/spec/serviceAccountName", "value": "other"}])
	found := service_account_exists.violations with input as set
	testing.places(set, found) == {"Deployment: spec/template/spec/serviceAccountName"}
}

test_allows_what_is_as_it_should_be if {
	set := testing.all
	found := service_account_exists.violations with input as set
	count(found) == 0
}

test_allows_default_account if {
	set := testing.changed("apps/Deployment", [{"op": "remove", "path": "/spec/template/spec/serviceAccountName"}])
	found := service_account_exists.violations with input as set
	count(found) == 0
}

test_applies_to_its_kinds_only if {
	found := service_account_exists.applies with input as testing.all
	testing.kinds(testing.all, found) == {"CronJob", "Deployment", "StatefulSet"}
}
