package hallmark.manifests.hpa_min_replicas_test

import data.hallmark.manifests.hpa_min_replicas
import data.hallmark.testing

test_denies_one if {
	set := testing.changed("autoscaling/HorizontalPodAutoscaler", [{"op": "add", "path": "/spec/minReplicas", "value": 1}])
	found := hpa_min_replicas.violations with input as set
	testing.places(set, found) == {"HorizontalPodAutoscaler: spec/minReplicas"}
}

test_denies_unset if {
	set := testing.changed("autoscaling/HorizontalPodAutoscaler", [{"op": "remove", "path": "/spec/minReplicas"}])
	found := hpa_min_replicas.violations with input as set
	testing.places(set, found) == {"HorizontalPodAutoscaler: spec/minReplicas"}
}

test_allows_what_is_as_it_should_be if {
	set := testing.all
	found := hpa_min_replicas.violations with input as set
	count(found) == 0
}

test_applies_to_its_kinds_only if {
	found := hpa_min_replicas.applies with input as testing.all
	testing.kinds(testing.all, found) == {"HorizontalPodAutoscaler"}
}
