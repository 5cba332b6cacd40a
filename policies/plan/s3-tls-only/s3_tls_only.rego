# METADATA
# title: Buckets refuse requests without TLS
# description: >-
#   Every bucket has a policy that denies everybody every action when aws:SecureTransport is false, and
#   every policy of a bucket does. That one allows requests with TLS is not it: another policy may allow
#   those without.
# custom:
#   id: s3-tls-only
#   profile: production
#   severity: medium
#   scope: set
#   why: >-
#     Without TLS anybody on the way reads and changes what is stored and fetched.
#   fix: >-
#     Add a statement with effect Deny, principal "*", action "s3:*" and the condition Bool
#     aws:SecureTransport = false.
#   reference: https://docs.aws.amazon.com/AmazonS3/latest/userguide/security-best-practices.html
package hallmark.plan.s3_tls_only

import data.hallmark.lib.iam
import data.hallmark.lib.plan

applies := plan.ids({"aws_s3_bucket", _policy})

violations contains plan.violation(entry, ["policy"], "does not deny requests without TLS") if {
	some entry in plan.of_types({_policy})
	_verdicts[entry.id] == "fail"
}

unknowns contains iam.unknown(entry, ["policy"]) if {
	some entry in plan.of_types({_policy})
	_verdicts[entry.id] == "unknown"
}

violations contains plan.violation(entry, [], "no policy of it denies requests without TLS") if {
	some entry in plan.of_types({"aws_s3_bucket"})
	plan.together({_verdicts[entry.id], _by_companions(entry)}) == "fail"
}

unknowns contains said if {
	some entry in plan.of_types({"aws_s3_bucket"})
	plan.together({_verdicts[entry.id], _by_companions(entry)}) == "unknown"
	some said in plan.open_companions(entry, _companions(entry), _verdicts, "bucket", ["policy"])
}

unknowns contains iam.unknown(entry, ["policy"]) if {
	some entry in plan.of_types({"aws_s3_bucket"})
	_verdicts[entry.id] == "unknown"
	_by_companions(entry) != "pass"
}

_policy := "aws_s3_bucket_policy"

_companions(entry) := plan.companions(entry, _policy, "bucket")

_by_companions(entry) := plan.by_companions(_companions(entry), _verdicts)

# On the policy in a bucket's own old argument, or on that of a resource for it.
_verdicts := {entry.id: _verdict(iam.read(entry, ["policy"])) | some entry in plan.of_types({"aws_s3_bucket", _policy})}

_verdict(document) := "pass" if {
	some statement in document.statements
	_denies(statement) == "pass"
} else := "unknown" if {
	document.open
} else := "unknown" if {
	some statement in document.statements
	_denies(statement) == "unknown"
} else := "fail"

# A condition more makes the denial narrower than it must be.
_denies(statement) := "pass" if {
	statement.effect == "Deny"
	iam.public(statement) == "fail"
	iam.has(statement.actions, {"*", "s3:*"}) == "fail"
	[_without_tls] == [object.union(one, {"variable": iam.low(one.variable)}) | some one in statement.conditions]
} else := "unknown" if {
	some part in [statement.effect, statement.principals, statement.actions, statement.conditions]
	plan.has_mark(part)
	statement.effect != "Allow"
} else := "fail"

_without_tls := {"test": "Bool", "variable": "aws:securetransport", "values": ["false"]}
