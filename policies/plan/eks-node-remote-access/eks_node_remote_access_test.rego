package hallmark.plan.eks_node_remote_access_test

import data.hallmark.plan.eks_node_remote_access
import data.hallmark.testing.plans

_violations(example) := plans.places(set, found) if {
	set := plans.of("eks-node-remote-access", example)
	found := eks_node_remote_access.violations with input as set
}

_unknowns(example) := plans.places(set, found) if {
	set := plans.of("eks-node-remote-access", example)
	found := eks_node_remote_access.unknowns with input as set
}

_applies(example) := plans.addresses(set, found) if {
	set := plans.of("eks-node-remote-access", example)
	found := eks_node_remote_access.applies with input as set
}

test_denies_what_breaks_the_demand if {
	_violations("fail") == {
		"aws_eks_node_group.empty: remote_access.0.source_security_group_ids",
		"aws_eks_node_group.key: remote_access.0.source_security_group_ids",
	}
	_unknowns("fail") == set()
}

test_allows_what_is_as_it_should_be if {
	_violations("pass") == set()
	_unknowns("pass") == set()
}

test_leaves_open_what_is_known_after_apply_only if {
	_violations("unknown") == set()
	_unknowns("unknown") == {
		"aws_eks_node_group.groups: remote_access.0.source_security_group_ids",
		"aws_eks_node_group.key: remote_access.0.ec2_ssh_key",
	}
}

test_applies_to_its_types_only if {
	_applies("fail") == {
		"aws_eks_node_group.empty",
		"aws_eks_node_group.key",
	}
	_applies("pass") == {
		"aws_eks_node_group.empty",
		"aws_eks_node_group.key",
		"aws_eks_node_group.left_out",
		"aws_eks_node_group.no_key",
	}
	_applies("unknown") == {
		"aws_eks_node_group.groups",
		"aws_eks_node_group.key",
	}
}

_denied(set) := plans.places(set, found) if {
	found := eks_node_remote_access.violations with input as set
}

_open(set) := plans.places(set, found) if {
	found := eks_node_remote_access.unknowns with input as set
}

test_allows_a_default_group_that_is_made_later if {
	made := {"$unknown": {"references": [], "resources": ["aws_default_security_group.it"], "types": ["aws_default_security_group"], "opaque": false}}
	set := plans.only("eks-node-remote-access", "pass", "aws_eks_node_group.empty", [{"op": "replace", "path": "/values/remote_access/0/source_security_group_ids", "value": made}])
	_denied(set) == set()
	_open(set) == set()
}
