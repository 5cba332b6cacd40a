package hallmark.manifests.host_network_test

import data.hallmark.manifests.host_network
import data.hallmark.testing

test_denies_host_network if {
	set := testing.changed("apps/Deployment", [{"op": "add", "path": "/spec/template/spec/hostNetwork", "value": true}])
	found := host_network.violations with input as set
	testing.places(set, found) == {"Deployment: spec/template/spec/hostNetwork"}
}

test_allows_what_is_as_it_should_be if {
	set := testing.all
	found := host_network.violations with input as set
	count(found) == 0
}

test_allows_false if {
	set := testing.changed("apps/Deployment", [{"op": "add", "path": "/spec/template/spec/hostNetwork", "value": false}])
	found := host_network.violations with input as set
	count(found) == 0
}

test_applies_to_its_kinds_only if {
	found := host_network.applies with input as testing.all
	testing.kinds(testing.all, found) == {"CronJob", "Deployment", "StatefulSet"}
}
