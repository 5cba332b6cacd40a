# METADATA
# title: Nodes reach the API of a cluster inside of the VPC
# description: >-
#   endpoint_private_access in vpc_config of every EKS cluster is true. Left out it is false.
# custom:
#   id: eks-endpoint-private
#   profile: production
#   severity: medium
#   scope: object
#   why: >-
#     Else the traffic between nodes and the control plane leaves the VPC, and ends when the public endpoint
#     is closed.
#   fix: >-
#     Set vpc_config { endpoint_private_access = true }.
#   reference: https://docs.aws.amazon.com/eks/latest/userguide/cluster-endpoint.html
package hallmark.plan.eks_endpoint_private

import data.hallmark.lib.plan

applies := plan.ids({"aws_eks_cluster"})

violations contains plan.violation(entry, _path, "is not true") if {
	some entry in plan.of_types({"aws_eks_cluster"})
	_verdict(entry) == "fail"
}

unknowns contains plan.unknown(entry, _path) if {
	some entry in plan.of_types({"aws_eks_cluster"})
	_verdict(entry) == "unknown"
}

_path := ["vpc_config", 0, "endpoint_private_access"]

_verdict(entry) := plan.verdict(entry, _path, null, {true})
