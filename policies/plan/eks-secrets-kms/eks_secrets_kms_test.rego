package hallmark.plan.eks_secrets_kms_test

import data.hallmark.plan.eks_secrets_kms
import data.hallmark.testing.plans

_violations(example) := plans.places(set, found) if {
	set := plans.of("eks-secrets-kms", example)
	found := eks_secrets_kms.violations with input as set
}

_unknowns(example) := plans.places(set, found) if {
	set := plans.of("eks-secrets-kms", example)
	found := eks_secrets_kms.unknowns with input as set
}

_applies(example) := plans.addresses(set, found) if {
	set := plans.of("eks-secrets-kms", example)
	found := eks_secrets_kms.applies with input as set
}

test_denies_what_breaks_the_demand if {
	_violations("fail") == {"aws_eks_cluster.left_out: encryption_config"}
	_unknowns("fail") == set()
}

test_allows_what_is_as_it_should_be if {
	_violations("pass") == set()
	_unknowns("pass") == set()
}

test_leaves_open_what_is_known_after_apply_only if {
	_violations("unknown") == set()
	_unknowns("unknown") == {
		"aws_eks_cluster.dynamic: encryption_config.0.provider.0.key_arn",
		"aws_eks_cluster.key: encryption_config.0.provider.0.key_arn",
		"aws_eks_cluster.resources: encryption_config.0.resources",
	}
}

test_applies_to_its_types_only if {
	_applies("fail") == {"aws_eks_cluster.left_out"}
	_applies("pass") == {
		"aws_eks_cluster.left_out",
		"aws_eks_cluster.made",
	}
	_applies("unknown") == {
		"aws_eks_cluster.dynamic",
		"aws_eks_cluster.key",
		"aws_eks_cluster.resources",
	}
}

_denied(set) := plans.places(set, found) if {
	found := eks_secrets_kms.violations with input as set
}

test_denies_a_key_for_something_else if {
	set := plans.only("eks-secrets-kms", "pass", "aws_eks_cluster.left_out", [{"op": "add", "path": "/values/encryption_config/0/resources", "value": ["others"]}])
	_denied(set) == {"aws_eks_cluster.left_out: encryption_config"}
}
