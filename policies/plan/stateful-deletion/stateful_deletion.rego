# METADATA
# title: Nothing that holds a state is deleted
# description: >-
#   No plan deletes a cluster, a KMS key, a bucket, an ECR repository, a database, a table, a file system or
#   a volume, for good or because it is replaced, unless its tag Environment says that it was of an ephemeral
#   environment: one that is not among lasting_environments in policies/parameters.yaml. A cluster that is
#   replaced is left to eks-replacement.
# custom:
#   id: stateful-deletion
#   profile: production
#   severity: critical
#   scope: object
#   why: >-
#     What was stored, and what a key encrypted, does not come back.
#   fix: >-
#     Look why the plan deletes it. Where that is meant, let the rule fail on exactly this object by a
#     waiver.
#   reference: https://developer.hashicorp.com/terraform/language/meta-arguments/lifecycle#prevent_destroy
package hallmark.plan.stateful_deletion

import data.hallmark.lib.environments
import data.hallmark.lib.plan

applies := {entry.id | some entry in input.objects; entry.type in _types}

violations contains plan.violation(entry, [], "is deleted or replaced, and what it holds is gone; where that is meant, waive it") if {
	some entry in input.objects
	entry.type in _types
	environments.was_ephemeral(entry) == "fail"
	not _is_replaced_cluster(entry)
}

# The arguments as they were are all known.
unknowns := set()

_types := {
	"aws_db_instance",
	"aws_dynamodb_table",
	"aws_ebs_volume",
	"aws_ecr_repository",
	"aws_efs_file_system",
	"aws_eks_cluster",
	"aws_kms_key",
	"aws_s3_bucket",
}

_is_replaced_cluster(entry) if {
	entry.type == "aws_eks_cluster"
	entry.exists
}
