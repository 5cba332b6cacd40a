# METADATA
# title: No cluster is replaced, nor all of its nodes at once
# description: >-
#   No plan replaces a cluster, or deletes node groups of a cluster that stays without leaving it one: a
#   group that is kept, or whose successor is made first. Unless the tag Environment says that the cluster or
#   the group was of an ephemeral environment: one that is not among lasting_environments in
#   policies/parameters.yaml.
# custom:
#   id: eks-replacement
#   profile: production
#   severity: critical
#   scope: set
#   why: >-
#     With the cluster everything that runs in it is gone, and without nodes nothing runs.
#   fix: >-
#     Look which argument forces the replacement. Where that is meant, let the rule fail on exactly this
#     object by a waiver.
#   reference: https://docs.aws.amazon.com/eks/latest/userguide/update-managed-node-group.html
package hallmark.plan.eks_replacement

import data.hallmark.lib.environments
import data.hallmark.lib.plan

applies := {entry.id | some entry in input.objects; entry.type in {"aws_eks_cluster", _group}}

violations contains plan.violation(entry, [], "the cluster is replaced, with everything that runs in it; where that is meant, waive it") if {
	some entry in _deleted
	entry.type == "aws_eks_cluster"
	entry.exists
}

violations contains plan.violation(entry, [], "is deleted, and no other node group of the cluster is there meanwhile; where that is meant, waive it") if {
	some entry in _deleted
	entry.type == _group
	not _has_nodes(entry)
	not _loses_its_cluster(entry)
}

# The arguments as they were are all known.
unknowns := set()

_group := "aws_eks_node_group"

_deleted := [entry | some entry in input.objects; environments.was_ephemeral(entry) == "fail"]

# Whether its cluster has nodes all the time: in this group, whose successor is made first, or in another.
_has_nodes(entry) if {
	some group in plan.of_types({_group})
	group.document == entry.document
	group.values.cluster_name == entry.before.cluster_name
	_stays(group)
}

_stays(group) if not "create" in group.actions

_stays(group) if group.actions == ["create", "delete"]

_loses_its_cluster(entry) if {
	some cluster in input.objects
	cluster.type == "aws_eks_cluster"
	cluster.document == entry.document
	cluster.before.name == entry.before.cluster_name
}
