package hallmark.manifests.no_privilege_test

import data.hallmark.manifests.no_privilege

_found(field, flag) := {one.path[3] | some one in violations} if {
	containers := {field: [{"name": "x", "securityContext": {"privileged": flag}}]}
	deployment := {"spec": {"template": {"spec": containers}}}
	set := {"objects": [{"id": 0, "type": "apps/Deployment", "object": deployment}]}
	violations := no_privilege.violations with input as set
}

test_denies_container if _found("containers", true) == {"containers"}

test_denies_init_container if _found("initContainers", true) == {"initContainers"}

test_allows_container if _found("containers", false) == set()

test_applies_to_nothing_else if {
	found := no_privilege.applies with input as {"objects": [{"id": 0, "type": "/Secret", "object": {}}]}
	found == set()
}
