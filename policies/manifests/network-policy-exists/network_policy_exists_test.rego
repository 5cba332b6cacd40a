package hallmark.manifests.network_policy_exists_test

import data.hallmark.manifests.network_policy_exists
import data.hallmark.testing

_policy := "networking.k8s.io/NetworkPolicy"

_every := {"CronJob: spec/jobTemplate/spec/template", "Deployment: spec/template", "StatefulSet: spec/template"}

_places(set) := testing.places(set, found) if {
	found := network_policy_exists.violations with input as set
}

test_denies_no_policy if {
	_places(testing.without(_policy)) == _every
}

test_denies_policies_of_another_namespace if {
	_places(testing.changed(_policy, [{"op": "replace", "path": "/metadata/namespace", "value": "other"}])) == _every
}

test_denies_policies_for_other_pods if {
	selecting := {"op": "replace", "path": "/spec/podSelector", "value": {"matchLabels": {"app.kubernetes.io/name": "ledger"}}}
	_places(testing.changed(_policy, [selecting])) == _every - {"StatefulSet: spec/template"}
}

test_denies_pod if {
	_places(testing.as_kind("/Pod", [])) == {"Pod: "}
}

test_allows_policy_of_an_old_version if {
	_places(testing.retyped(testing.all, _policy, "extensions/NetworkPolicy")) == set()
}

test_allows_what_is_as_it_should_be if {
	_places(testing.all) == set()
}

test_applies_to_its_kinds_only if {
	found := network_policy_exists.applies with input as testing.all
	found == testing.ids(testing.all, testing.workloads)
}
