package hallmark.manifests.priority_class_test

import data.hallmark.manifests.priority_class
import data.hallmark.testing

test_denies_unset if {
	set := testing.only(["apps/Deployment"], [])
	found := priority_class.violations with input as set
	testing.places(set, found) == {"Deployment: spec/template/spec/priorityClassName"}
}

test_allows_named if {
	set := testing.only(["apps/Deployment"], [{"op": "add", "path": "/spec/template/spec/priorityClassName", "value": "high"}])
	found := priority_class.violations with input as set
	count(found) == 0
}

test_applies_to_its_kinds_only if {
	found := priority_class.applies with input as testing.all
	testing.kinds(testing.all, found) == {"CronJob", "Deployment", "StatefulSet"}
}
