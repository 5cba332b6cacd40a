package hallmark.manifests.hpa_target_exists_test

import data.hallmark.manifests.hpa_target_exists
import data.hallmark.testing

test_denies_another_name if {
	set := testing.changed("autoscaling/HorizontalPodAutoscaler", [{"op": "add", "path": "/spec/scaleTargetRef/name", "value": "other"}])
	found := hpa_target_exists.violations with input as set
	testing.places(set, found) == {"HorizontalPodAutoscaler: spec/scaleTargetRef"}
}

test_denies_target_of_another_namespace if {
	set := testing.changed("autoscaling/HorizontalPodAutoscaler", [{"op": "add", "path": "/metadata/namespace", "value": "other"}])
	found := hpa_target_exists.violations with input as set
	testing.places(set, found) == {"HorizontalPodAutoscaler: spec/scaleTargetRef"}
}

test_allows_what_is_as_it_should_be if {
	set := testing.all
	found := hpa_target_exists.violations with input as set
	count(found) == 0
}

test_applies_to_its_kinds_only if {
	found := hpa_target_exists.applies with input as testing.all
	testing.kinds(testing.all, found) == {"HorizontalPodAutoscaler"}
}
