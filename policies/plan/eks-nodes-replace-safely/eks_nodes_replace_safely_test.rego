package hallmark.plan.eks_nodes_replace_safely_test

import data.hallmark.plan.eks_nodes_replace_safely
import data.hallmark.testing.plans

_violations(example) := plans.places(set, found) if {
	set := plans.of("eks-nodes-replace-safely", example)
	found := eks_nodes_replace_safely.violations with input as set
}

_unknowns(example) := plans.places(set, found) if {
	set := plans.of("eks-nodes-replace-safely", example)
	found := eks_nodes_replace_safely.unknowns with input as set
}

_applies(example) := plans.addresses(set, found) if {
	set := plans.of("eks-nodes-replace-safely", example)
	found := eks_nodes_replace_safely.applies with input as set
}

test_denies_replaced if {
	_violations("fail-replaced") == {"aws_eks_node_group.first: "}
	_unknowns("fail-replaced") == set()
}

test_denies_what_breaks_the_demand if {
	_violations("fail") == {"aws_eks_node_group.named: node_group_name"}
	_unknowns("fail") == set()
}

test_allows_replaced if {
	_violations("pass-replaced") == set()
	_unknowns("pass-replaced") == set()
}

test_allows_what_is_as_it_should_be if {
	_violations("pass") == set()
	_unknowns("pass") == set()
}

test_leaves_open_what_is_known_after_apply_only if {
	_violations("unknown") == set()
	_unknowns("unknown") == {"aws_eks_node_group.name: node_group_name"}
}

test_applies_to_its_types_only if {
	_applies("fail-replaced") == {"aws_eks_node_group.first"}
	_applies("fail") == {"aws_eks_node_group.named"}
	_applies("pass-replaced") == {"aws_eks_node_group.first"}
	_applies("pass") == {
		"aws_eks_node_group.neither",
		"aws_eks_node_group.prefix",
	}
	_applies("unknown") == {
		"aws_eks_node_group.name",
		"aws_eks_node_group.prefix",
	}
}

_named(prefix) := {"objects": [{"id": 0, "address": "a", "type": "aws_eks_node_group", "exists": true, "actions": ["no-op"], "values": {"node_group_name": "it-1", "node_group_name_prefix": prefix}}]}

test_allows_a_name_that_was_made_of_a_prefix if {
	found := eks_nodes_replace_safely.violations with input as _named("it-")
	found == set()
	denied := eks_nodes_replace_safely.violations with input as _named("")
	plans.places(_named(""), denied) == {"a: node_group_name"}
}

test_leaves_open_the_prefix_of_a_known_name if {
	found := eks_nodes_replace_safely.unknowns with input as _named(plans.mark)
	plans.places(_named(""), found) == {"a: node_group_name_prefix"}
}
