# METADATA
# title: What stays is not deleted with what is in it
# description: >-
#   force_delete of an ECR repository and force_destroy of a bucket are not true, unless the tag Environment
#   says that it is of an ephemeral environment: one that is not among lasting_environments in
#   policies/parameters.yaml.
# custom:
#   id: production-no-force-delete
#   profile: production
#   severity: high
#   scope: object
#   why: >-
#     One wrong plan would delete every image and every object without asking again.
#   fix: >-
#     Leave force_delete and force_destroy out, or make them depend on whether the environment is ephemeral.
#   reference: https://registry.terraform.io/providers/hashicorp/aws/latest/docs/resources/ecr_repository#force_delete
package hallmark.plan.production_no_force_delete

import data.hallmark.lib.environments
import data.hallmark.lib.plan

applies := plan.ids(_types)

violations contains plan.violation(entry, _path(entry), "is true, and the tag Environment does not say that it is ephemeral") if {
	some entry in plan.of_types(_types)
	plan.together(_verdicts(entry)) == "fail"
}

unknowns contains plan.unknown(entry, path) if {
	some entry in plan.of_types(_types)
	plan.together(_verdicts(entry)) == "unknown"
	some path in [_path(entry), ["tags_all", "Environment"]]
	plan.is_open(entry, path)
}

_arguments := {"aws_ecr_repository": "force_delete", "aws_s3_bucket": "force_destroy"}

_types := object.keys(_arguments)

_path(entry) := [_arguments[entry.type]]

_verdicts(entry) := {environments.ephemeral(entry), plan.verdict(entry, _path(entry), false, {false})}
