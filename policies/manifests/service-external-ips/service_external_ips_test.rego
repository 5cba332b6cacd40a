package hallmark.manifests.service_external_ips_test

import data.hallmark.manifests.service_external_ips
import data.hallmark.testing

test_denies_external_ip if {
	set := testing.changed("/Service", [{"op": "add", "path": "/spec/externalIPs", "value": ["192.0.2.1"]}])
	found := service_external_ips.violations with input as set
	testing.places(set, found) == {"Service: spec/externalIPs"}
}

test_allows_what_is_as_it_should_be if {
	set := testing.all
	found := service_external_ips.violations with input as set
	count(found) == 0
}

test_applies_to_its_kinds_only if {
	found := service_external_ips.applies with input as testing.all
	found == testing.ids(testing.all, {"/Service"})
}
