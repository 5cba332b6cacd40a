package hallmark.plan.eks_creator_admin_test

import data.hallmark.plan.eks_creator_admin
import data.hallmark.testing.plans

_violations(example) := plans.places(set, found) if {
	set := plans.of("eks-creator-admin", example)
	found := eks_creator_admin.violations with input as set
}

_unknowns(example) := plans.places(set, found) if {
	set := plans.of("eks-creator-admin", example)
	found := eks_creator_admin.unknowns with input as set
}

_applies(example) := plans.addresses(set, found) if {
	set := plans.of("eks-creator-admin", example)
	found := eks_creator_admin.applies with input as set
}

test_denies_what_breaks_the_demand if {
	_violations("fail") == {
		"aws_eks_cluster.by_default: access_config.0.bootstrap_cluster_creator_admin_permissions",
		"aws_eks_cluster.left_out: access_config.0.bootstrap_cluster_creator_admin_permissions",
		"aws_eks_cluster.on: access_config.0.bootstrap_cluster_creator_admin_permissions",
	}
	_unknowns("fail") == set()
}

test_allows_what_is_as_it_should_be if {
	_violations("pass") == set()
	_unknowns("pass") == set()
}

test_leaves_open_what_is_known_after_apply_only if {
	_violations("unknown") == set()
	_unknowns("unknown") == {"aws_eks_cluster.open: access_config.0.bootstrap_cluster_creator_admin_permissions"}
}

test_applies_to_its_types_only if {
	_applies("fail") == {
		"aws_eks_cluster.by_default",
		"aws_eks_cluster.left_out",
		"aws_eks_cluster.on",
	}
	_applies("pass") == {"aws_eks_cluster.off"}
	_applies("unknown") == {"aws_eks_cluster.open"}
}
