# METADATA
# title: IAMFullAccess is not attached
# description: >-
#   No user, group or role has AWS's own policy IAMFullAccess, in no partition of AWS, be it by a resource
#   for the attachment or by managed_policy_arns of the role.
# custom:
#   id: iam-managed-iamfull
#   profile: baseline
#   severity: critical
#   scope: object
#   why: >-
#     Whoever may change every user and role can become any of them.
#   fix: >-
#     Attach a policy with the actions that are needed.
#   reference: https://docs.aws.amazon.com/aws-managed-policy/latest/reference/IAMFullAccess.html
package hallmark.plan.iam_managed_iamfull

import data.hallmark.lib.plan

applies := plan.ids(_single | _several)

violations contains plan.violation(entry, path, "IAMFullAccess is attached") if {
	some entry in plan.of_types(_single | _several)
	some path, arn in _arns(entry)
	is_string(arn)
	regex.match(`^arn:aws[a-z-]*:iam::aws:policy/IAMFullAccess$`, arn)
}

# What is made in the same plan is none of AWS's own.
unknowns contains plan.unknown(entry, path) if {
	some entry in plan.of_types(_single | _several)
	some path, arn in _arns(entry)
	plan.is_mark(arn)
	not plan.refers(entry, path, {"aws_iam_policy"})
}

_single := {
	"aws_iam_policy_attachment",
	"aws_iam_role_policy_attachment",
	"aws_iam_user_policy_attachment",
	"aws_iam_group_policy_attachment",
}

# Types with several policies, by the argument that has them.
_arguments := {
	"aws_iam_role": "managed_policy_arns",
	"aws_iam_role_policy_attachments_exclusive": "policy_arns",
	"aws_iam_user_policy_attachments_exclusive": "policy_arns",
	"aws_iam_group_policy_attachments_exclusive": "policy_arns",
}

_several := object.keys(_arguments)

# What is attached, by the path at which it stands.
_arns(entry) := {["policy_arn"]: entry.values.policy_arn}

_arns(entry) := {path: arn |
	argument := _arguments[entry.type]
	some path, arn in _listed(argument, plan.value(entry, [argument], []))
} if {
	entry.type in _several
}

_listed(argument, arns) := {[argument]: arns} if {
	plan.is_mark(arns)
} else := {[argument, index]: arn | some index, arn in arns}
