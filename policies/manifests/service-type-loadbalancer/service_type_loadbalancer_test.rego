package hallmark.manifests.service_type_loadbalancer_test

import data.hallmark.manifests.service_type_loadbalancer
import data.hallmark.testing

_service := "/Service"

_places(set) := testing.places(set, found) if {
	found := service_type_loadbalancer.violations with input as set
}

_typed(type) := testing.changed(_service, [{"op": "add", "path": "/spec/type", "value": type}])

test_denies_load_balancer if {
	_places(_typed("LoadBalancer")) == {"Service: spec/type"}
}

test_denies_both_of_two if {
	set := _typed("LoadBalancer")
	found := service_type_loadbalancer.violations with input as set
	{one.object | some one in found} == testing.ids(set, {_service})
	count(found) == 2
}

test_allows_other_types if {
	every type in ["ClusterIP", "NodePort", "ExternalName"] {
		_places(_typed(type)) == set()
	}
	_places(testing.changed(_service, [{"op": "remove", "path": "/spec"}])) == set()
}

test_allows_what_is_as_it_should_be if {
	_places(testing.all) == set()
}

test_applies_to_its_kinds_only if {
	found := service_type_loadbalancer.applies with input as testing.all
	found == testing.ids(testing.all, {_service})
}
