package hallmark.manifests.service_type_nodeport_test

import data.hallmark.manifests.service_type_nodeport
import data.hallmark.testing

test_denies_node_port if {
	set := testing.changed("/Service", [{"op": "add", "path": "/spec/type", "value": "NodePort"}])
	found := service_type_nodeport.violations with input as set
	testing.places(set, found) == {"Service: spec/type"}
}

test_allows_what_is_as_it_should_be if {
	set := testing.all
	found := service_type_nodeport.violations with input as set
	count(found) == 0
}

test_applies_to_its_kinds_only if {
	found := service_type_nodeport.applies with input as testing.all
	found == testing.ids(testing.all, {"/Service"})
}
