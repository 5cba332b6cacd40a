# METADATA
# title: Every key says who may use it
# description: >-
#   An aws_kms_key has a policy, or there is an aws_kms_key_policy for it. Left out AWS writes one that
#   leaves it to every policy in the account. A policy that is made later counts, whatever is in it.
# custom:
#   id: kms-policy-explicit
#   profile: production
#   severity: medium
#   scope: set
#   why: >-
#     With the default policy every administrator of IAM in the account can decrypt.
#   fix: >-
#     Set policy to an aws_iam_policy_document that names who administers and who uses the key.
#   reference: https://docs.aws.amazon.com/kms/latest/developerguide/key-policy-default.html
package hallmark.plan.kms_policy_explicit

import data.hallmark.lib.plan

applies := plan.ids({_key})

violations contains plan.violation(entry, ["policy"], "the key has no policy of its own") if {
	some entry in plan.of_types({_key})
	plan.together(_verdicts(entry)) == "fail"
}

unknowns contains plan.unknown(entry, ["policy"]) if {
	some entry in plan.of_types({_key})
	plan.together(_verdicts(entry)) == "unknown"
	plan.is_open(entry, ["policy"])
}

unknowns contains plan.unknown_of(entry, policy, ["key_id"]) if {
	some entry in plan.of_types({_key})
	plan.together(_verdicts(entry)) == "unknown"
	some policy in _policies(entry).possible
}

_key := "aws_kms_key"

_policies(entry) := plan.companions(entry, "aws_kms_key_policy", "key_id")

_verdicts(entry) := {_given(entry), _companion(_policies(entry))}

_given(entry) := "pass" if {
	entry.documents.policy
} else := plan.given(entry, ["policy"])

_companion(found) := "pass" if {
	count(found.sure) > 0
} else := "unknown" if {
	count(found.possible) > 0
} else := "fail"
