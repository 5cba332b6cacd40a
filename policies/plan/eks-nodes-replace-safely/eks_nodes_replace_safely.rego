# METADATA
# title: Nodes are made before their predecessors are deleted
# description: >-
#   A node group has no node_group_name of its own, but a node_group_name_prefix or neither: two groups of
#   one name cannot exist, so one of that name can only be deleted first. A plan that replaces a group makes
#   the new one first. Whether the configuration says create_before_destroy is in no plan, and shows only
#   there.
# custom:
#   id: eks-nodes-replace-safely
#   profile: production
#   severity: high
#   scope: object
#   why: >-
#     Between the deletion of the nodes and their successors nothing runs.
#   fix: >-
#     Set node_group_name_prefix in place of node_group_name, and lifecycle { create_before_destroy = true }.
#   reference: https://developer.hashicorp.com/terraform/language/meta-arguments/lifecycle
package hallmark.plan.eks_nodes_replace_safely

import data.hallmark.lib.plan

applies := plan.ids({_type})

violations contains plan.violation(entry, _name, "is given, so the group is deleted before its successor is made: give a prefix") if {
	some entry in plan.of_types({_type})
	plan.together(_verdicts(entry)) == "fail"
}

unknowns contains plan.unknown(entry, path) if {
	some entry in plan.of_types({_type})
	plan.together(_verdicts(entry)) == "unknown"
	some path in [_name, _prefix]
	plan.is_open(entry, path)
}

violations contains plan.violation(entry, [], "is deleted before its successor is made") if {
	some entry in plan.of_types({_type})
	entry.actions == ["delete", "create"]
}

_type := "aws_eks_node_group"

_name := ["node_group_name"]

_prefix := ["node_group_name_prefix"]

# With a prefix the name is what the provider made of it.
_verdicts(entry) := {_against[plan.given(entry, _name)], plan.given(entry, _prefix)}

_against := {"pass": "fail", "fail": "pass", "unknown": "unknown"}
