# METADATA
# title: Who makes a cluster is not its administrator
# description: >-
#   bootstrap_cluster_creator_admin_permissions in access_config of every EKS cluster is false. Left out it
#   is true.
# custom:
#   id: eks-creator-admin
#   profile: production
#   severity: high
#   scope: object
#   why: >-
#     The role that applies Terraform would be administrator of every cluster for good, without an access
#     entry that anybody sees in the configuration.
#   fix: >-
#     Set access_config { bootstrap_cluster_creator_admin_permissions = false }, and write access entries for
#     those who need them.
#   reference: https://docs.aws.amazon.com/eks/latest/userguide/access-entries.html
package hallmark.plan.eks_creator_admin

import data.hallmark.lib.plan

applies := plan.ids({"aws_eks_cluster"})

violations contains plan.violation(entry, _path, "is not false") if {
	some entry in plan.of_types({"aws_eks_cluster"})
	_verdict(entry) == "fail"
}

unknowns contains plan.unknown(entry, _path) if {
	some entry in plan.of_types({"aws_eks_cluster"})
	_verdict(entry) == "unknown"
}

_path := ["access_config", 0, "bootstrap_cluster_creator_admin_permissions"]

_verdict(entry) := plan.verdict(entry, _path, null, {false})
