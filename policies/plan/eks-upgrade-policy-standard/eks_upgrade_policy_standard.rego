# METADATA
# title: A cluster does not slide into extended support
# description: >-
#   support_type in upgrade_policy of every EKS cluster is STANDARD. Left out it is EXTENDED.
# custom:
#   id: eks-upgrade-policy-standard
#   profile: production
#   severity: medium
#   scope: object
#   why: >-
#     In extended support a cluster costs six times as much for every hour, and nobody has decided that.
#   fix: >-
#     Set upgrade_policy { support_type = "STANDARD" }: at its end AWS upgrades the cluster.
#   reference: https://docs.aws.amazon.com/eks/latest/userguide/view-upgrade-policy.html
package hallmark.plan.eks_upgrade_policy_standard

import data.hallmark.lib.plan

applies := plan.ids({"aws_eks_cluster"})

violations contains plan.violation(entry, _path, "is not STANDARD") if {
	some entry in plan.of_types({"aws_eks_cluster"})
	_verdict(entry) == "fail"
}

unknowns contains plan.unknown(entry, _path) if {
	some entry in plan.of_types({"aws_eks_cluster"})
	_verdict(entry) == "unknown"
}

_path := ["upgrade_policy", 0, "support_type"]

_verdict(entry) := plan.verdict(entry, _path, null, {"STANDARD"})
