# METADATA
# title: Nodes are reached by SSH from known groups only
# description: >-
#   A node group with ec2_ssh_key in remote_access has source_security_group_ids that are not empty. Left out
#   AWS opens port 22 to the whole Internet.
# custom:
#   id: eks-node-remote-access
#   profile: baseline
#   severity: high
#   scope: object
#   why: >-
#     An SSH port that is open to all is tried all day.
#   fix: >-
#     Leave remote_access out, or name the security groups from which nodes may be reached.
#   reference: https://docs.aws.amazon.com/eks/latest/APIReference/API_RemoteAccessConfig.html
package hallmark.plan.eks_node_remote_access

import data.hallmark.lib.plan

applies := plan.ids({"aws_eks_node_group"})

violations contains plan.violation(entry, _groups, "SSH is open to the whole Internet") if {
	some entry in plan.of_types({"aws_eks_node_group"})
	plan.together(_verdicts(entry)) == "fail"
}

unknowns contains plan.unknown(entry, path) if {
	some entry in plan.of_types({"aws_eks_node_group"})
	plan.together(_verdicts(entry)) == "unknown"
	some path in [_key, _groups]
	plan.is_open(entry, path)
}

_key := ["remote_access", 0, "ec2_ssh_key"]

_groups := ["remote_access", 0, "source_security_group_ids"]

_verdicts(entry) := {_without_key[plan.given(entry, _key)], _given(entry)}

_without_key := {"pass": "fail", "fail": "pass", "unknown": "unknown"}

# The unknown ids of groups that are made in the same plan are not empty.
_given(entry) := "pass" if {
	plan.refers(entry, _groups, {"aws_security_group", "aws_default_security_group"})
} else := plan.given(entry, _groups)
