package hallmark.manifests.default_namespace_test

import data.hallmark.manifests.default_namespace
import data.hallmark.testing

test_denies_default if {
	set := testing.changed("/ConfigMap", [{"op": "add", "path": "/metadata/namespace", "value": "default"}])
	found := default_namespace.violations with input as set
	testing.places(set, found) == {"ConfigMap: metadata/namespace"}
}

test_denies_unset if {
	set := testing.changed("/ConfigMap", [{"op": "remove", "path": "/metadata/namespace"}])
	found := default_namespace.violations with input as set
	testing.places(set, found) == {"ConfigMap: metadata/namespace"}
}

test_allows_what_is_as_it_should_be if {
	set := testing.all
	found := default_namespace.violations with input as set
	count(found) == 0
}

test_applies_to_its_kinds_only if {
	found := default_namespace.applies with input as testing.all
	testing.kinds(testing.all, found) == {"ConfigMap", "CronJob", "Deployment", "HorizontalPodAutoscaler", "Ingress", "LimitRange", "NetworkPolicy", "PersistentVolumeClaim", "PodDisruptionBudget", "ResourceQuota", "Secret", "Service", "ServiceAccount", "StatefulSet"}
}
