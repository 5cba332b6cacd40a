package hallmark.plan.eks_upgrade_policy_standard_test

import data.hallmark.plan.eks_upgrade_policy_standard
import data.hallmark.testing.plans

_violations(example) := plans.places(set, found) if {
	set := plans.of("eks-upgrade-policy-standard", example)
	found := eks_upgrade_policy_standard.violations with input as set
}

_unknowns(example) := plans.places(set, found) if {
	set := plans.of("eks-upgrade-policy-standard", example)
	found := eks_upgrade_policy_standard.unknowns with input as set
}

_applies(example) := plans.addresses(set, found) if {
	set := plans.of("eks-upgrade-policy-standard", example)
	found := eks_upgrade_policy_standard.applies with input as set
}

test_denies_what_breaks_the_demand if {
	_violations("fail") == {
		"aws_eks_cluster.extended: upgrade_policy.0.support_type",
		"aws_eks_cluster.left_out: upgrade_policy.0.support_type",
	}
	_unknowns("fail") == set()
}

test_allows_what_is_as_it_should_be if {
	_violations("pass") == set()
	_unknowns("pass") == set()
}

test_leaves_open_what_is_known_after_apply_only if {
	_violations("unknown") == set()
	_unknowns("unknown") == {"aws_eks_cluster.open: upgrade_policy.0.support_type"}
}

test_applies_to_its_types_only if {
	_applies("fail") == {
		"aws_eks_cluster.extended",
		"aws_eks_cluster.left_out",
	}
	_applies("pass") == {"aws_eks_cluster.standard"}
	_applies("unknown") == {"aws_eks_cluster.open"}
}
