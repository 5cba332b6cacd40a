package hallmark.plan.iam_star_resource_test

import data.hallmark.plan.iam_star_resource
import data.hallmark.testing.plans

_violations(example) := plans.places(set, found) if {
	set := plans.of("iam-star-resource", example)
	found := iam_star_resource.violations with input as set
}

_unknowns(example) := plans.places(set, found) if {
	set := plans.of("iam-star-resource", example)
	found := iam_star_resource.unknowns with input as set
}

_applies(example) := plans.addresses(set, found) if {
	set := plans.of("iam-star-resource", example)
	found := iam_star_resource.applies with input as set
}

test_denies_deferred if {
	_violations("fail-deferred") == {"aws_iam_policy.star: policy"}
	_unknowns("fail-deferred") == set()
}

test_denies_what_breaks_the_demand if {
	_violations("fail") == {
		"aws_iam_group_policy.it: policy",
		"aws_iam_policy.except: policy",
		"aws_iam_policy.list: policy",
		"aws_iam_policy.one: policy",
		"aws_iam_policy.wildcard: policy",
		"aws_iam_role.it: inline_policy.0.policy",
		"aws_iam_role_policy.it: policy",
		"aws_iam_user_policy.it: policy",
	}
	_unknowns("fail") == set()
}

test_allows_what_is_as_it_should_be if {
	_violations("pass") == set()
	_unknowns("pass") == set()
}

test_leaves_open_what_is_known_after_apply_only if {
	_violations("unknown") == set()
	_unknowns("unknown") == {
		"aws_iam_policy.chosen: policy",
		"aws_iam_policy.json: policy",
		"aws_iam_policy.where: policy",
	}
}

test_applies_to_its_types_only if {
	_applies("fail-deferred") == {"aws_iam_policy.star"}
	_applies("fail") == {
		"aws_iam_group_policy.it",
		"aws_iam_policy.except",
		"aws_iam_policy.list",
		"aws_iam_policy.one",
		"aws_iam_policy.wildcard",
		"aws_iam_role.it",
		"aws_iam_role_policy.it",
		"aws_iam_user_policy.it",
	}
	_applies("pass") == {
		"aws_iam_group_policy.it",
		"aws_iam_policy.except",
		"aws_iam_policy.list",
		"aws_iam_policy.one",
		"aws_iam_policy.wildcard",
		"aws_iam_role.it",
		"aws_iam_role_policy.it",
		"aws_iam_user_policy.it",
	}
	_applies("unknown") == {
		"aws_iam_policy.chosen",
		"aws_iam_policy.json",
		"aws_iam_policy.where",
	}
}

_denied(set) := plans.places(set, found) if {
	found := iam_star_resource.violations with input as set
}

test_allows_every_action_that_takes_no_resource if {
	every action in [
		"acm:listcertificates", "autoscaling:describex", "ce:x", "cloudtrail:describetrails",
		"cloudtrail:listtrails", "cloudwatch:describex", "cloudwatch:getmetricdata",
		"cloudwatch:getmetricstatistics", "cloudwatch:listmetrics", "cloudwatch:putmetricdata", "ec2:describex",
		"ec2:createnetworkinterface", "ecr:createpullthroughcacherule", "ecr:describeregistry",
		"ecr:getauthorizationtoken", "ecr-public:getauthorizationtoken", "ecs:listclusters",
		"eks:describeaddonversions", "eks:listclusters", "elasticloadbalancing:describex", "iam:getaccountx",
		"iam:listaccountaliases", "iam:listgroups", "iam:listinstanceprofiles", "iam:listopenidconnectproviders",
		"iam:listpolicies", "iam:listroles", "iam:listusers", "kms:createkey", "kms:generaterandom",
		"kms:listaliases", "kms:listkeys", "lambda:listfunctions", "logs:describeloggroups",
		"logs:describequerydefinitions", "organizations:describeorganization", "organizations:listaccounts",
		"pricing:x", "rds:describedbengineversions", "route53:createhostedzone", "route53:listhostedzones",
		"route53:listhostedzonesbyname", "s3:getaccountpublicaccessblock", "s3:listallmybuckets",
		"secretsmanager:getrandompassword", "secretsmanager:listsecrets", "sns:listtopics", "sqs:listqueues",
		"ssm:describeparameters", "sts:decodeauthorizationmessage", "sts:getcalleridentity", "sts:getsessiontoken",
		"tag:getx", "wafv2:listx", "xray:putx",
	] {
		statement := {"Effect": "Allow", "Action": action, "Resource": "*"}
		_denied(plans.only("iam-star-resource", "fail", "aws_iam_policy.one", [plans.written("policy", [statement])])) == set()
	}
}

_allowing(statement) := plans.only("iam-star-resource", "fail", "aws_iam_policy.one", [plans.written("policy", [object.union({"Effect": "Allow"}, statement)])])

_made(statement) := plans.only("iam-star-resource", "fail", "aws_iam_policy.one", plans.deferred("policy", [statement]))

test_allows_what_is_denied_or_about_one_resource if {
	_denied(_allowing({"Effect": "Deny", "Action": "s3:GetObject", "Resource": "*"})) == set()
	_denied(_allowing({"NotAction": "iam:*", "Resource": "arn:aws:s3:::it"})) == set()
}

test_leaves_open_where_all_but_some_actions_are_allowed if {
	_open(_made({"not_actions": ["iam:*"], "resources": [plans.mark]})) == {"aws_iam_policy.one: policy"}
	_open(_made({"effect": "Deny", "actions": ["s3:GetObject"], "resources": [plans.mark]})) == set()
}

_open(set) := plans.places(set, found) if {
	found := iam_star_resource.unknowns with input as set
}
