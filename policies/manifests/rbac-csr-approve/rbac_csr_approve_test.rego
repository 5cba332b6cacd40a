package hallmark.manifests.rbac_csr_approve_test

import data.hallmark.manifests.rbac_csr_approve
import data.hallmark.testing
import data.hallmark.testing.rbac

_places(set) := testing.places(set, found) if {
	found := rbac_csr_approve.violations with input as set
}

test_denies_every_verb_and_resource if {
	every verb in ["update", "patch", "*"] {
		every resource in ["certificatesigningrequests/approval"] {
			_places(rbac.with_rules([rbac.rule("certificates.k8s.io", resource, verb)])) == {"ClusterRole: rules/0"}
		}
	}
}

test_denies_every_wildcard if {
	every resource in ["*", "*/*", "certificatesigningrequests/*", "*/approval"] {
		_places(rbac.with_rules([rbac.rule("certificates.k8s.io", resource, "update")])) == {"ClusterRole: rules/0"}
	}
	_places(rbac.with_rules([rbac.rule("*", "certificatesigningrequests/approval", "update")])) == {"ClusterRole: rules/0"}
}

test_denies_the_second_of_a_list if {
	rule := {"apiGroups": ["policy", "certificates.k8s.io"], "resources": ["certificatesigningrequests", "certificatesigningrequests/approval"], "verbs": ["get", "update"]}
	_places(rbac.with_rules([rule])) == {"ClusterRole: rules/0"}
}

test_denies_both_of_two_rules if {
	bad := rbac.rule("certificates.k8s.io", "certificatesigningrequests/approval", "update")
	set := rbac.with_rules([bad, rbac.rule("apps", "deployments", "get"), bad])
	_places(set) == {"ClusterRole: rules/0", "ClusterRole: rules/2"}
}

test_denies_approving_for_a_signer if {
	every resource in ["signers", "*", "*/*"] {
		every verb in ["approve", "*"] {
			_places(rbac.with_rules([rbac.rule("certificates.k8s.io", resource, verb)])) == {"ClusterRole: rules/0"}
		}
	}
	rule := object.union(rbac.rule("*", "signers", "approve"), {"resourceNames": ["example.org/*"]})
	_places(rbac.namespaced([rule])) == {"Role: rules/0"}
}

test_denies_role if {
	_places(rbac.namespaced([rbac.rule("certificates.k8s.io", "certificatesigningrequests/approval", "update")])) == {"Role: rules/0"}
}

test_denies_restriction_to_names if {
	rule := object.union(rbac.rule("certificates.k8s.io", "certificatesigningrequests/approval", "update"), {"resourceNames": ["one"]})
	_places(rbac.with_rules([rule])) == {"ClusterRole: rules/0"}
}

test_allows_other_verbs if {
	every verb in ["get", "create", "list"] {
		every resource in ["certificatesigningrequests/approval", "*"] {
			_places(rbac.with_rules([rbac.rule("certificates.k8s.io", resource, verb)])) == set()
		}
	}
}

test_allows_signing if {
	_places(rbac.with_rules([rbac.rule("certificates.k8s.io", "signers", "sign")])) == set()
	_places(rbac.with_rules([rbac.rule("apps", "signers", "approve")])) == set()
	_places(rbac.with_rules([rbac.rule("certificates.k8s.io", "certificatesigningrequests/approval", "approve")])) == set()
}

test_allows_other_resources if {
	every resource in ["certificatesigningrequests", "certificatesigningrequests/status", "signers"] {
		_places(rbac.with_rules([rbac.rule("certificates.k8s.io", resource, "update")])) == set()
	}
}

test_allows_other_groups if {
	_places(rbac.with_rules([rbac.rule("apps", "certificatesigningrequests/approval", "update")])) == set()
}

test_allows_urls if {
	_places(rbac.with_rules([{"nonResourceURLs": ["*"], "verbs": ["*"]}])) == set()
}

test_allows_role_without_rules if {
	_places(testing.changed(rbac.cluster_role, [{"op": "remove", "path": "/rules"}])) == set()
}

test_allows_what_is_as_it_should_be if {
	_places(testing.all) == set()
}

test_applies_to_its_kinds_only if {
	every type in [rbac.cluster_role, rbac.role] {
		set := testing.retyped(testing.all, rbac.cluster_role, type)
		found := rbac_csr_approve.applies with input as set
		testing.kinds(set, found) == {split(type, "/")[1]}
	}
}
