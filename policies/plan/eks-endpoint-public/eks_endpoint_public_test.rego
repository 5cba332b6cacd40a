package hallmark.plan.eks_endpoint_public_test

import data.hallmark.plan.eks_endpoint_public
import data.hallmark.testing.plans

_violations(example) := plans.places(set, found) if {
	set := plans.of("eks-endpoint-public", example)
	found := eks_endpoint_public.violations with input as set
}

_unknowns(example) := plans.places(set, found) if {
	set := plans.of("eks-endpoint-public", example)
	found := eks_endpoint_public.unknowns with input as set
}

_applies(example) := plans.addresses(set, found) if {
	set := plans.of("eks-endpoint-public", example)
	found := eks_endpoint_public.applies with input as set
}

test_denies_what_breaks_the_demand if {
	_violations("fail") == {
		"aws_eks_cluster.everything: vpc_config.0.public_access_cidrs",
		"aws_eks_cluster.halves: vpc_config.0.public_access_cidrs",
		"aws_eks_cluster.left_out: vpc_config.0.public_access_cidrs",
		"aws_eks_cluster.six: vpc_config.0.public_access_cidrs",
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
		"aws_eks_cluster.ranges: vpc_config.0.public_access_cidrs",
		"aws_eks_cluster.switch: vpc_config.0.endpoint_public_access",
	}
}

test_applies_to_its_types_only if {
	_applies("fail") == {
		"aws_eks_cluster.everything",
		"aws_eks_cluster.halves",
		"aws_eks_cluster.left_out",
		"aws_eks_cluster.six",
	}
	_applies("pass") == {
		"aws_eks_cluster.everything",
		"aws_eks_cluster.half",
		"aws_eks_cluster.left_out",
		"aws_eks_cluster.off",
	}
	_applies("unknown") == {
		"aws_eks_cluster.ranges",
		"aws_eks_cluster.switch",
	}
}

# Terraform shows a set of which one part is open as open; a list shows its parts.
_with(ranges) := plans.changed("eks-endpoint-public", "fail", "aws_eks_cluster.everything", [{
	"op": "replace",
	"path": "/values/vpc_config/0/public_access_cidrs",
	"value": ranges,
}])

_mark := {"$unknown": {"references": [], "resources": [], "types": [], "opaque": true}}

test_denies_a_known_part_that_is_too_wide if {
	set := _with(["0.0.0.0/0", _mark])
	found := eks_endpoint_public.violations with input as set
	"aws_eks_cluster.everything: vpc_config.0.public_access_cidrs" in plans.places(set, found)
}

test_leaves_open_a_part_that_is_not_known if {
	set := _with(["192.0.2.0/24", _mark])
	violations := eks_endpoint_public.violations with input as set
	not "aws_eks_cluster.everything: vpc_config.0.public_access_cidrs" in plans.places(set, violations)
	unknowns := eks_endpoint_public.unknowns with input as set
	plans.places(set, unknowns) == {"aws_eks_cluster.everything: vpc_config.0.public_access_cidrs"}
}

_denied(set) := plans.places(set, found) if {
	found := eks_endpoint_public.violations with input as set
}

_open(set) := plans.places(set, found) if {
	found := eks_endpoint_public.unknowns with input as set
}

test_leaves_no_switch_open_that_opens_nothing if {
	set := plans.only("eks-endpoint-public", "unknown", "aws_eks_cluster.switch", [{"op": "add", "path": "/values/vpc_config/0/public_access_cidrs", "value": ["192.0.2.0/24"]}])
	_open(set) == set()
}

test_names_the_switch_before_the_ranges if {
	set := plans.only("eks-endpoint-public", "unknown", "aws_eks_cluster.switch", [{"op": "add", "path": "/values/vpc_config/0/public_access_cidrs", "value": plans.mark}])
	_open(set) == {"aws_eks_cluster.switch: vpc_config.0.endpoint_public_access"}
}

test_denies_a_switch_that_is_not_written if {
	set := plans.only("eks-endpoint-public", "fail", "aws_eks_cluster.everything", [{"op": "remove", "path": "/values/vpc_config/0/endpoint_public_access"}])
	_denied(set) == {"aws_eks_cluster.everything: vpc_config.0.public_access_cidrs"}
}
