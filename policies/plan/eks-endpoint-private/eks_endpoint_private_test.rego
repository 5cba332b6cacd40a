package hallmark.plan.eks_endpoint_private_test

import data.hallmark.plan.eks_endpoint_private
import data.hallmark.testing.plans

_violations(example) := plans.places(set, found) if {
	set := plans.of("eks-endpoint-private", example)
	found := eks_endpoint_private.violations with input as set
}

_unknowns(example) := plans.places(set, found) if {
	set := plans.of("eks-endpoint-private", example)
	found := eks_endpoint_private.unknowns with input as set
}

_applies(example) := plans.addresses(set, found) if {
	set := plans.of("eks-endpoint-private", example)
	found := eks_endpoint_private.applies with input as set
}

test_denies_what_breaks_the_demand if {
	_violations("fail") == {
		"aws_eks_cluster.left_out: vpc_config.0.endpoint_private_access",
		"aws_eks_cluster.off: vpc_config.0.endpoint_private_access",
	}
	_unknowns("fail") == set()
}

test_allows_what_is_as_it_should_be if {
	_violations("pass") == set()
	_unknowns("pass") == set()
}

test_leaves_open_what_is_known_after_apply_only if {
	_violations("unknown") == set()
	_unknowns("unknown") == {"aws_eks_cluster.open: vpc_config.0.endpoint_private_access"}
}

test_applies_to_its_types_only if {
	_applies("fail") == {
		"aws_eks_cluster.left_out",
		"aws_eks_cluster.off",
	}
	_applies("pass") == {"aws_eks_cluster.on"}
	_applies("unknown") == {"aws_eks_cluster.open"}
}
