package hallmark.plan.eks_version_supported_test

import data.hallmark.plan.eks_version_supported
import data.hallmark.testing.plans

_violations(example) := plans.places(set, found) if {
	set := plans.of("eks-version-supported", example)
	found := eks_version_supported.violations with input as set
}

_unknowns(example) := plans.places(set, found) if {
	set := plans.of("eks-version-supported", example)
	found := eks_version_supported.unknowns with input as set
}

_applies(example) := plans.addresses(set, found) if {
	set := plans.of("eks-version-supported", example)
	found := eks_version_supported.applies with input as set
}

test_denies_what_breaks_the_demand if {
	_violations("fail") == {
		"aws_eks_cluster.new: version",
		"aws_eks_cluster.old: version",
	}
	_unknowns("fail") == set()
}

test_allows_what_is_as_it_should_be if {
	_violations("pass") == set()
	_unknowns("pass") == set()
}

test_leaves_open_what_is_known_after_apply_only if {
	_violations("unknown") == set()
	_unknowns("unknown") == {"aws_eks_cluster.open: version"}
}

test_applies_to_its_types_only if {
	_applies("fail") == {
		"aws_eks_cluster.new",
		"aws_eks_cluster.old",
	}
	_applies("pass") == {
		"aws_eks_cluster.left_out",
		"aws_eks_cluster.new",
		"aws_eks_cluster.old",
	}
	_applies("unknown") == {"aws_eks_cluster.open"}
}
