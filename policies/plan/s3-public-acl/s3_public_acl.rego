# METADATA
# title: No bucket is public by its ACL
# description: >-
#   Neither a bucket nor an aws_s3_bucket_acl has one of the canned ACLs public-read, public-read-write and
#   authenticated-read, or a grant to the group AllUsers or AuthenticatedUsers.
# custom:
#   id: s3-public-acl
#   profile: baseline
#   severity: critical
#   scope: object
#   why: >-
#     Everybody could read what is stored; AuthenticatedUsers is everybody with an account of AWS, not of
#     yours.
#   fix: >-
#     Leave the ACL out, and give access by a policy.
#   reference: https://docs.aws.amazon.com/AmazonS3/latest/userguide/acl-overview.html
package hallmark.plan.s3_public_acl

import data.hallmark.lib.plan

applies := plan.ids(_types)

violations contains plan.violation(entry, path, "lets in everybody") if {
	some entry in plan.of_types(_types)
	some path in _paths(entry)
	plan.value(entry, path, null) in _public
}

unknowns contains plan.unknown(entry, path) if {
	some entry in plan.of_types(_types)
	some path in _paths(entry)
	plan.is_open(entry, path)
}

_types := {"aws_s3_bucket", "aws_s3_bucket_acl"}

_public := {
	"public-read",
	"public-read-write",
	"authenticated-read",
	"http://acs.amazonaws.com/groups/global/AllUsers",
	"http://acs.amazonaws.com/groups/global/AuthenticatedUsers",
}

# Where a canned ACL, or the group of a grant, stands. When it isn't known what grants there are, that is where.
_paths(entry) := {["acl"]} | {_group(entry, grants, index) |
	some grants in [["grant"], ["access_control_policy", 0, "grant"]]
	some index in _indices(entry, grants)
}

_indices(entry, grants) := {0} if {
	plan.is_open(entry, grants)
} else := {index | some index, _ in plan.value(entry, grants, [])}

_group(entry, grants, index) := array.concat(grants, [index, "uri"]) if {
	entry.type == "aws_s3_bucket"
} else := array.concat(grants, [index, "grantee", 0, "uri"])
