package hallmark.plan.eks_replacement_test

import data.hallmark.plan.eks_replacement
import data.hallmark.testing.plans

_violations(example) := plans.places(set, found) if {
	set := plans.of("eks-replacement", example)
	found := eks_replacement.violations with input as set
}

_unknowns(example) := plans.places(set, found) if {
	set := plans.of("eks-replacement", example)
	found := eks_replacement.unknowns with input as set
}

_applies(example) := plans.addresses(set, found) if {
	set := plans.of("eks-replacement", example)
	found := eks_replacement.applies with input as set
}

test_denies_what_breaks_the_demand if {
	_violations("fail") == {
		"aws_eks_cluster.replaced: ",
		"aws_eks_node_group.deleted: ",
		"aws_eks_node_group.first: ",
	}
	_unknowns("fail") == set()
}

test_allows_what_is_as_it_should_be if {
	_violations("pass") == set()
	_unknowns("pass") == set()
}

test_applies_to_its_types_only if {
	_applies("fail") == {
		"aws_eks_cluster.replaced",
		"aws_eks_node_group.deleted",
		"aws_eks_node_group.elsewhere",
		"aws_eks_node_group.first",
		"aws_eks_node_group.made",
	}
	_applies("pass") == {
		"aws_eks_cluster.deleted",
		"aws_eks_cluster.kept",
		"aws_eks_cluster.replaced",
		"aws_eks_node_group.alone",
		"aws_eks_node_group.ephemeral",
		"aws_eks_node_group.kept",
		"aws_eks_node_group.of_deleted",
		"aws_eks_node_group.replaced",
	}
}

_denied(set) := plans.places(set, found) if {
	found := eks_replacement.violations with input as set
}

_group(id, actions, changes) := object.union({"id": id, "address": sprintf("group_%d", [id]), "type": "aws_eks_node_group", "exists": true, "document": 0, "actions": actions, "values": {"cluster_name": "a"}}, changes)

_replaced := _group(0, ["delete", "create"], {"before": {"cluster_name": "a"}})

test_denies_where_no_other_group_stays if {
	every other in [
		_group(1, ["create"], {}),
		_group(1, ["no-op"], {"document": 1}),
		_group(1, ["no-op"], {"values": {"cluster_name": "b"}}),
		_group(1, ["no-op"], {"type": "aws_eks_fargate_profile"}),
		object.union(object.remove(_group(1, ["delete"], {"exists": false}), ["values"]), {"values": {}}),
	] {
		_denied({"objects": [_replaced, other]}) == {"group_0: "}
	}
}

test_allows_where_another_group_stays if {
	every actions in [["no-op"], ["update"]] {
		_denied({"objects": [_replaced, _group(1, actions, {})]}) == set()
	}
	careful := _group(1, ["create", "delete"], {"before": {"cluster_name": "a"}})
	_denied({"objects": [_replaced, careful]}) == set()
	_denied({"objects": [careful]}) == set()
}

test_leaves_nodes_to_the_cluster_that_goes_with_them if {
	cluster := {"id": 2, "address": "cluster", "type": "aws_eks_cluster", "exists": false, "document": 0, "actions": ["delete"], "values": {}, "before": {"name": "a"}}
	_denied({"objects": [_replaced, cluster]}) == set()
	_denied({"objects": [_replaced, object.union(cluster, {"document": 1})]}) == {"group_0: "}
	_denied({"objects": [_replaced, object.union(cluster, {"type": "aws_iam_role"})]}) == {"group_0: "}
	_denied({"objects": [_replaced, object.union(cluster, {"before": {"name": "b"}})]}) == {"group_0: "}
}
