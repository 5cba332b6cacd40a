# METADATA
# title: No policy allows on every resource what can be limited to one
# description: >-
#   No Allow statement of a policy of IAM has the resource "*" for an action that IAM can limit to a
#   resource. What it cannot limit, such as most that only describes or lists, stands in the rule.
# custom:
#   id: iam-star-resource
#   profile: production
#   severity: medium
#   scope: object
#   why: >-
#     A mistake or a stolen credential reaches everything of that kind in the account.
#   fix: >-
#     Name the resources, and give what needs "*" a statement of its own.
#   reference: https://docs.aws.amazon.com/service-authorization/latest/reference/reference_policies_actions-resources-contextkeys.html
package hallmark.plan.iam_star_resource

import data.hallmark.lib.iam
import data.hallmark.lib.plan

applies := plan.ids(iam.granting)

violations contains plan.violation(entry, path, sprintf("statement %s allows %s on every resource", [statement.name, action])) if {
	some entry in plan.of_types(iam.granting)
	some path in iam.permissions(entry)
	some statement in iam.read(entry, path).statements
	plan.together({iam.allowing(statement), iam.has(statement.resources, {"*"})}) == "fail"
	some action in statement.actions
	_limitable(action) == "fail"
}

violations contains plan.violation(entry, path, sprintf("statement %s allows nearly every action on every resource", [statement.name])) if {
	some entry in plan.of_types(iam.granting)
	some path in iam.permissions(entry)
	some statement in iam.read(entry, path).statements
	plan.together({iam.allowing(statement), iam.has(statement.resources, {"*"})}) == "fail"
	count(statement.not_actions) > 0
}

unknowns contains iam.unknown(entry, path) if {
	some entry in plan.of_types(iam.granting)
	some path in iam.permissions(entry)
	"unknown" in _verdicts(iam.read(entry, path))
}

_verdicts(document) := {_verdict(statement) | some statement in document.statements} | {"unknown" | document.open}

_verdict(statement) := plan.together({
	iam.allowing(statement),
	iam.has(statement.resources, {"*"}),
	plan.worst({_limitable(action) | some action in statement.actions} | {"fail" | count(statement.not_actions) > 0}),
})

_limitable(action) := "unknown" if {
	plan.is_mark(action)
} else := "pass" if {
	some pattern in _unlimited
	is_string(action)
	glob.match(pattern, [], lower(action))
} else := "fail"

# Actions that take no resource. A wildcard in an action must stand in one of these as well.
_unlimited := {
	"acm:listcertificates",
	"autoscaling:describe*",
	"ce:*",
	"cloudtrail:describetrails",
	"cloudtrail:listtrails",
	"cloudwatch:describe*",
	"cloudwatch:getmetricdata",
	"cloudwatch:getmetricstatistics",
	"cloudwatch:listmetrics",
	"cloudwatch:putmetricdata",
	"ec2:describe*",
	"ec2:createnetworkinterface",
	"ecr:createpullthroughcacherule",
	"ecr:describeregistry",
	"ecr:getauthorizationtoken",
	"ecr-public:getauthorizationtoken",
	"ecs:listclusters",
	"eks:describeaddonversions",
	"eks:listclusters",
	"elasticloadbalancing:describe*",
	"iam:getaccount*",
	"iam:listaccountaliases",
	"iam:listgroups",
	"iam:listinstanceprofiles",
	"iam:listopenidconnectproviders",
	"iam:listpolicies",
	"iam:listroles",
	"iam:listusers",
	"kms:createkey",
	"kms:generaterandom",
	"kms:listaliases",
	"kms:listkeys",
	"lambda:listfunctions",
	"logs:describeloggroups",
	"logs:describequerydefinitions",
	"organizations:describeorganization",
	"organizations:listaccounts",
	"pricing:*",
	"rds:describedbengineversions",
	"route53:createhostedzone",
	"route53:listhostedzones",
	"route53:listhostedzonesbyname",
	"s3:getaccountpublicaccessblock",
	"s3:listallmybuckets",
	"secretsmanager:getrandompassword",
	"secretsmanager:listsecrets",
	"sns:listtopics",
	"sqs:listqueues",
	"ssm:describeparameters",
	"sts:decodeauthorizationmessage",
	"sts:getcalleridentity",
	"sts:getsessiontoken",
	"tag:get*",
	"wafv2:list*",
	"xray:put*",
}
