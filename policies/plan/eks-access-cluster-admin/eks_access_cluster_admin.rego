# METADATA
# title: No role of a workflow is administrator of a cluster
# description: >-
#   AmazonEKSClusterAdminPolicy is associated with none but cluster_administrators in
#   policies/parameters.yaml, patterns of ARNs; as it stands those are the roles of people in IAM Identity
#   Center.
# custom:
#   id: eks-access-cluster-admin
#   profile: production
#   severity: high
#   scope: object
#   why: >-
#     A workflow that is taken over would have every Secret, every namespace and every role of the cluster.
#   fix: >-
#     Associate AmazonEKSAdminPolicy or AmazonEKSEditPolicy with the namespaces that the role deploys to, or
#     add the ARN of a person's role to cluster_administrators.
#   reference: https://docs.aws.amazon.com/eks/latest/userguide/access-policy-permissions.html
package hallmark.plan.eks_access_cluster_admin

import data.hallmark.lib.plan
import data.parameters

applies := plan.ids({_type})

violations contains plan.violation(entry, ["policy_arn"], "makes an administrator of the cluster of one who is not among cluster_administrators") if {
	some entry in plan.of_types({_type})
	plan.together(_verdicts(entry)) == "fail"
}

unknowns contains plan.unknown(entry, path) if {
	some entry in plan.of_types({_type})
	plan.together(_verdicts(entry)) == "unknown"
	some path in [_policy, _principal]
	plan.is_open(entry, path)
}

_type := "aws_eks_access_policy_association"

_policy := ["policy_arn"]

_principal := ["principal_arn"]

_verdicts(entry) := {_is_admin(plan.get(entry, _policy)), _is_other(plan.get(entry, _principal))}

_is_admin(policy) := "unknown" if {
	policy.state == "unknown"
} else := "fail" if {
	endswith(policy.value, "/AmazonEKSClusterAdminPolicy")
} else := "pass"

_is_other(principal) := "unknown" if {
	principal.state == "unknown"
} else := "pass" if {
	some pattern in parameters.cluster_administrators
	glob.match(pattern, [], principal.value)
} else := "fail"
