package hallmark.plan.eks_auth_mode_api_test

import data.hallmark.plan.eks_auth_mode_api
import data.hallmark.testing.plans

_violations(example) := plans.places(set, found) if {
	set := plans.of("eks-auth-mode-api", example)
	found := eks_auth_mode_api.violations with input as set
}

_unknowns(example) := plans.places(set, found) if {
	set := plans.of("eks-auth-mode-api", example)
	found := eks_auth_mode_api.unknowns with input as set
}

_applies(example) := plans.addresses(set, found) if {
	set := plans.of("eks-auth-mode-api", example)
	found := eks_auth_mode_api.applies with input as set
}

test_denies_what_breaks_the_demand if {
	_violations("fail") == {
		"aws_eks_cluster.both: access_config.0.authentication_mode",
		"aws_eks_cluster.empty: access_config.0.authentication_mode",
		"aws_eks_cluster.left_out: access_config.0.authentication_mode",
	}
	_unknowns("fail") == set()
}

test_allows_what_is_as_it_should_be if {
	_violations("pass") == set()
	_unknowns("pass") == set()
}

test_leaves_open_what_is_known_after_apply_only if {
	_violations("unknown") == set()
	_unknowns("unknown") == {"aws_eks_cluster.open: access_config.0.authentication_mode"}
}

test_applies_to_its_types_only if {
	_applies("fail") == {
		"aws_eks_cluster.both",
		"aws_eks_cluster.empty",
		"aws_eks_cluster.left_out",
	}
	_applies("pass") == {"aws_eks_cluster.left_out"}
	_applies("unknown") == {"aws_eks_cluster.open"}
}
