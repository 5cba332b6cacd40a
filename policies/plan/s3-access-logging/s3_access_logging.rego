# METADATA
# title: Requests to buckets are logged
# description: >-
#   Every bucket has an aws_s3_bucket_logging with a target_bucket, or the old block logging in the bucket
#   itself, but for a bucket that takes the logs of another: its own would be about writing logs.
# custom:
#   id: s3-access-logging
#   profile: production
#   severity: low
#   scope: set
#   why: >-
#     Without them nobody can say afterwards who read or changed what is stored.
#   fix: >-
#     Add an aws_s3_bucket_logging for the bucket whose target_bucket is a bucket for logs.
#   reference: https://docs.aws.amazon.com/AmazonS3/latest/userguide/ServerLogs.html
package hallmark.plan.s3_access_logging

import data.hallmark.lib.plan

applies := plan.ids({"aws_s3_bucket", _logging})

violations contains plan.violation(entry, _paths[entry.type], "no bucket takes the logs") if {
	some entry in plan.of_types({_logging})
	_verdicts[entry.id] == "fail"
}

violations contains plan.violation(entry, [], "requests to it are not logged") if {
	some entry in plan.of_types({"aws_s3_bucket"})
	_whole(entry) == "fail"
}

unknowns contains plan.unknown(entry, _paths[entry.type]) if {
	some entry in plan.of_types({_logging})
	_verdicts[entry.id] == "unknown"
}

unknowns contains plan.unknown(entry, _paths[entry.type]) if {
	some entry in plan.of_types({"aws_s3_bucket"})
	_whole(entry) == "unknown"
	_verdicts[entry.id] == "unknown"
}

unknowns contains said if {
	some entry in plan.of_types({"aws_s3_bucket"})
	_whole(entry) == "unknown"
	some said in plan.open_companions(entry, _companions(entry), _verdicts, "bucket", _paths[_logging])
}

_logging := "aws_s3_bucket_logging"

_paths := {
	"aws_s3_bucket": ["logging", 0, "target_bucket"],
	_logging: ["target_bucket"],
}

_companions(entry) := plan.companions(entry, _logging, "bucket")

# By the bucket's own old block, by the resource for it, or because it is where logs go.
_whole(entry) := plan.together({_verdicts[entry.id], plan.by_companions(_companions(entry), _verdicts), _takes_logs(entry)})

_verdicts := {entry.id: _verdict(entry, _paths[entry.type]) | some entry in plan.of_types({"aws_s3_bucket", _logging})}

# The unknown name of a bucket that is made in the same plan is not empty.
_verdict(entry, path) := "pass" if {
	plan.refers(entry, path, {"aws_s3_bucket"})
} else := plan.given(entry, path)

_takes_logs(entry) := "pass" if {
	count(plan.companions(entry, _logging, "target_bucket").sure) > 0
} else := "fail"
