# METADATA
# title: Access to a cluster is granted by access entries
# description: >-
#   access_config.authentication_mode of every EKS cluster is API. Left out it is CONFIG_MAP.
# custom:
#   id: eks-auth-mode-api
#   profile: production
#   severity: high
#   scope: object
#   why: >-
#     Who may edit the ConfigMap aws-auth is an administrator of the cluster, and no API of AWS shows who is in it.
#   fix: >-
#     Set access_config { authentication_mode = "API" } and grant access with aws_eks_access_entry.
#   reference: https://docs.aws.amazon.com/eks/latest/userguide/setting-up-access-entries.html
package hallmark.plan.eks_auth_mode_api

import data.hallmark.lib.plan

applies := plan.ids({"aws_eks_cluster"})

violations contains plan.violation(entry, _path, "access is not granted by the API alone") if {
	some entry in plan.of_types({"aws_eks_cluster"})
	_verdict(entry) == "fail"
}

unknowns contains plan.unknown(entry, _path) if {
	some entry in plan.of_types({"aws_eks_cluster"})
	_verdict(entry) == "unknown"
}

_path := ["access_config", 0, "authentication_mode"]

_verdict(entry) := plan.verdict(entry, _path, null, {"API"})
