package hallmark.plan.eks_logging_all_types_test

import data.hallmark.plan.eks_logging_all_types
import data.hallmark.testing.plans

_violations(example) := plans.places(set, found) if {
	set := plans.of("eks-logging-all-types", example)
	found := eks_logging_all_types.violations with input as set
}

_unknowns(example) := plans.places(set, found) if {
	set := plans.of("eks-logging-all-types", example)
	found := eks_logging_all_types.unknowns with input as set
}

_applies(example) := plans.addresses(set, found) if {
	set := plans.of("eks-logging-all-types", example)
	found := eks_logging_all_types.applies with input as set
}

test_denies_what_breaks_the_demand if {
	_violations("fail") == {
		"aws_eks_cluster.empty: enabled_cluster_log_types",
		"aws_eks_cluster.four: enabled_cluster_log_types",
		"aws_eks_cluster.left_out: enabled_cluster_log_types",
	}
	_unknowns("fail") == set()
}

test_allows_what_is_as_it_should_be if {
	_violations("pass") == set()
	_unknowns("pass") == set()
}

test_leaves_open_what_is_known_after_apply_only if {
	_violations("unknown") == set()
	_unknowns("unknown") == {"aws_eks_cluster.open: enabled_cluster_log_types"}
}

test_applies_to_its_types_only if {
	_applies("fail") == {
		"aws_eks_cluster.empty",
		"aws_eks_cluster.four",
		"aws_eks_cluster.left_out",
	}
	_applies("pass") == {"aws_eks_cluster.left_out"}
	_applies("unknown") == {"aws_eks_cluster.open"}
}

_denied(set) := plans.places(set, found) if {
	found := eks_logging_all_types.violations with input as set
}

_open(set) := plans.places(set, found) if {
	found := eks_logging_all_types.unknowns with input as set
}

test_denies_each_type_that_is_missing if {
	types := ["api", "audit", "authenticator", "controllerManager", "scheduler"]
	every type in types {
		others := [one | some one in types; one != type]
		set := plans.only("eks-logging-all-types", "pass", "aws_eks_cluster.left_out", [{"op": "replace", "path": "/values/enabled_cluster_log_types", "value": others}])
		found := eks_logging_all_types.violations with input as set
		{one.message | some one in found} == {sprintf("%s is not logged", [type])}
	}
}

test_leaves_open_what_is_not_among_the_known if {
	set := plans.only("eks-logging-all-types", "pass", "aws_eks_cluster.left_out", [{"op": "replace", "path": "/values/enabled_cluster_log_types", "value": ["api", plans.mark]}])
	_open(set) == {"aws_eks_cluster.left_out: enabled_cluster_log_types"}
	_denied(set) == set()
}
