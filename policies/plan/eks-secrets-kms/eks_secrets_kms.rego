# METADATA
# title: Secrets in a cluster are encrypted with a key of one's own
# description: >-
#   encryption_config of every EKS cluster has the resource secrets and a KMS key: a name, or the id of a key
#   that is made in the same plan.
# custom:
#   id: eks-secrets-kms
#   profile: production
#   severity: high
#   scope: object
#   why: >-
#     Whoever gets at the store of the cluster, or a copy of it, could read every Secret.
#   fix: >-
#     Set encryption_config { resources = ["secrets"], provider { key_arn = ... } }.
#   reference: https://docs.aws.amazon.com/eks/latest/userguide/enable-kms.html
package hallmark.plan.eks_secrets_kms

import data.hallmark.lib.plan

applies := plan.ids({"aws_eks_cluster"})

violations contains plan.violation(entry, ["encryption_config"], "secrets are not encrypted with a key of one's own") if {
	some entry in plan.of_types({"aws_eks_cluster"})
	plan.worst(_verdicts(entry)) == "fail"
}

unknowns contains plan.unknown(entry, path) if {
	some entry in plan.of_types({"aws_eks_cluster"})
	plan.worst(_verdicts(entry)) == "unknown"
	some path in [_resources, _key]
	plan.is_open(entry, path)
}

_resources := ["encryption_config", 0, "resources"]

_key := ["encryption_config", 0, "provider", 0, "key_arn"]

_verdicts(entry) := {_secrets(entry), plan.key_given(entry, _key)}

_secrets(entry) := "unknown" if {
	plan.is_open(entry, _resources)
} else := "pass" if {
	"secrets" in plan.value(entry, _resources, [])
} else := "fail"
