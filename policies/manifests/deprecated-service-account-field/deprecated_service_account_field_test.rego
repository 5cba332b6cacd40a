package hallmark.manifests.deprecated_service_account_field_test

import data.hallmark.manifests.deprecated_service_account_field
import data.hallmark.testing

test_denies_old_field_alone if {
	set := testing.changed("apps/Deployment", [{"op": "remove", "path": "/spec/template/spec/serviceAccountName"}, {"op": "add", "path": "/spec/template/spec/serviceAccount", "value": "quotes"}])
	found := deprecated_service_account_field.violations with input as set
	testing.places(set, found) == {"Deployment: spec/template/spec/serviceAccount"}
}

test_allows_what_is_as_it_should_be if {
	set := testing.all
	found := deprecated_service_account_field.violations with input as set
	count(found) == 0
}

test_allows_both if {
	set := testing.changed("apps/Deployment", [{"op": "add", "path": "/spec/template/spec/serviceAccount", "value": "quotes"}])
	found := deprecated_service_account_field.violations with input as set
	count(found) == 0
}

test_allows_neither if {
	set := testing.changed("apps/Deployment", [{"op": "remove", "path": "/spec/template/spec/serviceAccountName"}])
	found := deprecated_service_account_field.violations with input as set
	count(found) == 0
}

test_applies_to_its_kinds_only if {
	found := deprecated_service_account_field.applies with input as testing.all
	testing.kinds(testing.all, found) == {"CronJob", "Deployment", "StatefulSet"}
}
