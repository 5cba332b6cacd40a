package hallmark.manifests.image_pull_policy_test

import data.hallmark.manifests.image_pull_policy
import data.hallmark.testing

test_denies_if_not_present if {
	set := testing.only(["apps/Deployment"], [])
	found := image_pull_policy.violations with input as set
	testing.places(set, found) == {"Deployment: spec/template/spec/containers/0/imagePullPolicy"}
}

test_allows_always if {
	set := testing.only(["apps/Deployment"], [{"op": "add", "path": "/spec/template/spec/containers/0/imagePullPolicy", "value": "Always"}])
	found := image_pull_policy.violations with input as set
	count(found) == 0
}

test_allows_default_of_latest if {
	set := testing.only(["apps/Deployment"], [{"op": "remove", "path": "/spec/template/spec/containers/0/imagePullPolicy"}, {"op": "add", "path": "/spec/template/spec/containers/0/image", "value": "a/b:latest"}])
	found := image_pull_policy.violations with input as set
	count(found) == 0
}

test_applies_to_its_kinds_only if {
	found := image_pull_policy.applies with input as testing.all
	testing.kinds(testing.all, found) == {"CronJob", "Deployment", "StatefulSet"}
}
