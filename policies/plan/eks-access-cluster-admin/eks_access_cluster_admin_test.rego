package hallmark.plan.eks_access_cluster_admin_test

import data.hallmark.plan.eks_access_cluster_admin
import data.hallmark.testing.plans

_violations(example) := plans.places(set, found) if {
	set := plans.of("eks-access-cluster-admin", example)
	found := eks_access_cluster_admin.violations with input as set
}

_unknowns(example) := plans.places(set, found) if {
	set := plans.of("eks-access-cluster-admin", example)
	found := eks_access_cluster_admin.unknowns with input as set
}

_applies(example) := plans.addresses(set, found) if {
	set := plans.of("eks-access-cluster-admin", example)
	found := eks_access_cluster_admin.applies with input as set
}

test_denies_what_breaks_the_demand if {
	_violations("fail") == {
		"aws_eks_access_policy_association.partition: policy_arn",
		"aws_eks_access_policy_association.user: policy_arn",
		"aws_eks_access_policy_association.workflow: policy_arn",
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
		"aws_eks_access_policy_association.made: principal_arn",
		"aws_eks_access_policy_association.policy: policy_arn",
	}
}

test_applies_to_its_types_only if {
	_applies("fail") == {
		"aws_eks_access_policy_association.partition",
		"aws_eks_access_policy_association.user",
		"aws_eks_access_policy_association.workflow",
	}
	_applies("pass") == {
		"aws_eks_access_policy_association.made",
		"aws_eks_access_policy_association.person",
		"aws_eks_access_policy_association.workflow",
	}
	_applies("unknown") == {
		"aws_eks_access_policy_association.made",
		"aws_eks_access_policy_association.policy",
	}
}

_denied(set) := plans.places(set, found) if {
	found := eks_access_cluster_admin.violations with input as set
}

_open(set) := plans.places(set, found) if {
	found := eks_access_cluster_admin.unknowns with input as set
}

_changed(patches) := plans.only("eks-access-cluster-admin", "pass", "aws_eks_access_policy_association.person", patches)

test_leaves_nothing_open_that_one_part_decides if {
	principal := {"op": "add", "path": "/values/principal_arn", "value": plans.mark}
	policy := {"op": "add", "path": "/values/policy_arn", "value": plans.mark}
	_open(_changed([policy])) == set()
	_open(_changed([policy, principal])) == {"aws_eks_access_policy_association.person: policy_arn", "aws_eks_access_policy_association.person: principal_arn"}
}

test_denies_whoever_is_not_listed if {
	_denied(_changed([{"op": "replace", "path": "/values/principal_arn", "value": "arn:aws:iam::123456789012:role/sso.amazonaws.com/it"}])) == {"aws_eks_access_policy_association.person: policy_arn"}
	set := _changed([])
	found := eks_access_cluster_admin.violations with input as set with data.parameters.cluster_administrators as []
	plans.places(set, found) == {"aws_eks_access_policy_association.person: policy_arn"}
}
