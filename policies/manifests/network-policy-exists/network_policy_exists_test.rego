package hallmark.manifests.network_policy_exists_test

import data.hallmark.manifests.network_policy_exists
import data.hallmark.testing

test_denies_no_policy if {
	set := testing.without("networking.k8s.io/NetworkPolicy")
	found := network_policy_exists.violations with input as set
	testing.places(set, found) == {"CronJob: spec/jobTemplate/spec/template", "Deployment: spec/template", "StatefulSet: spec/template"}
}

test_denies_policies_of_another_namespace if {
	set := testing.changed("networking.k8s.io/NetworkPolicy", [{"op": "add", "path": "/metadata/namespace", "value": "other"}])
	found := network_policy_exists.violations with input as set
	testing.places(set, found) == {"CronJob: spec/jobTemplate/spec/template", "Deployment: spec/template", "StatefulSet: spec/template"}
}

test_allows_what_is_as_it_should_be if {
	set := testing.all
	found := network_policy_exists.violations with input as set
	count(found) == 0
}

test_applies_to_its_kinds_only if {
	found := network_policy_exists.applies with input as testing.all
	testing.kinds(testing.all, found) == {"CronJob", "Deployment", "StatefulSet"}
}
