# METADATA
# title: A cluster runs a version that is supported
# description: >-
#   version of every EKS cluster is one of supported_eks_versions in policies/parameters.yaml. Left out AWS
#   takes its newest, which passes.
# custom:
#   id: eks-version-supported
#   profile: production
#   severity: high
#   scope: object
#   why: >-
#     A version out of support gets no corrections, and out of extended support it is upgraded on a day that
#     AWS chooses.
#   fix: >-
#     Set version to a supported one, and upgrade one minor version at a time.
#   reference: https://docs.aws.amazon.com/eks/latest/userguide/kubernetes-versions.html
package hallmark.plan.eks_version_supported

import data.hallmark.lib.plan
import data.parameters

applies := plan.ids({"aws_eks_cluster"})

violations contains plan.violation(entry, ["version"], sprintf("%v is not supported", [version])) if {
	some entry in plan.of_types({"aws_eks_cluster"})
	version := plan.get(entry, ["version"]).value
	not version in parameters.supported_eks_versions
}

unknowns contains plan.unknown(entry, ["version"]) if {
	some entry in plan.of_types({"aws_eks_cluster"})
	plan.is_open(entry, ["version"])
}
