# What no role can do, whatever its policies say.

locals {
  environment_boundary_arns = {
    for stage in var.stages : stage => "arn:${local.partition}:iam::${var.account_id}:policy/hallmark-environment-${stage}"
  }

  # IAM refuses a longer one.
  policy_length = 6144
}

resource "aws_iam_policy" "stage_boundary" {
  for_each = toset(var.stages)

  name        = "hallmark-stage-${each.key}"
  description = "The most that the role of the stage ${each.key} can do"
  policy      = data.aws_iam_policy_document.stage_boundary[each.key].minified_json

  lifecycle {
    precondition {
      condition     = length(data.aws_iam_policy_document.stage_boundary[each.key].minified_json) <= local.policy_length
      error_message = "The boundary of the stage ${each.key} is longer than IAM allows."
    }
  }
}

data "aws_iam_policy_document" "stage_boundary" {
  for_each = toset(var.stages)

  source_policy_documents = [
    data.aws_iam_policy_document.inventory.json,
    data.aws_iam_policy_document.others_environments[each.key].json,
  ]

  statement {
    sid     = "Act"
    actions = ["ec2:*", "ecr:*", "eks:*", "elasticloadbalancing:*", "kms:*", "logs:*", "s3:*"]
    resources = concat(
      [for service in ["ecr", "eks", "elasticloadbalancing", "kms", "logs"] : "arn:${local.partition}:${service}:${local.here}:*"],
      local.ec2_arns,
      ["arn:${local.partition}:s3:::${var.state_bucket}", "arn:${local.partition}:s3:::${var.state_bucket}/*"],
    )
  }

  statement {
    sid       = "MakeKey"
    actions   = ["kms:CreateKey"]
    resources = ["*"]
  }

  statement {
    sid       = "Roles"
    actions   = ["iam:*"]
    resources = concat(local.role_arns[each.key], [local.service_role_arns])
  }

  # A role that it makes is bounded for ever.
  statement {
    sid       = "Unbounded"
    effect    = "Deny"
    actions   = ["iam:CreateRole", "iam:PutRolePermissionsBoundary"]
    resources = ["*"]

    condition {
      test     = "StringNotEquals"
      variable = "iam:PermissionsBoundary"
      values   = [local.environment_boundary_arns[each.key]]
    }
  }

  statement {
    sid       = "Unbind"
    effect    = "Deny"
    actions   = ["iam:DeleteRolePermissionsBoundary"]
    resources = ["*"]
  }
}

# Of the roles in a stage's environments: cluster, nodes, flow logs, pods.
resource "aws_iam_policy" "environment_boundary" {
  for_each = toset(var.stages)

  name        = "hallmark-environment-${each.key}"
  description = "The most that a role in an environment of the stage ${each.key} can do"
  policy      = data.aws_iam_policy_document.environment_boundary[each.key].minified_json
}

data "aws_iam_policy_document" "environment_boundary" {
  for_each = toset(var.stages)

  source_policy_documents = [data.aws_iam_policy_document.others_environments[each.key].json]

  statement {
    sid = "Look"
    actions = [
      "autoscaling:Describe*", "ec2:Describe*", "ecr:GetAuthorizationToken", "elasticloadbalancing:Describe*",
      "logs:DescribeLogGroups",
    ]
    resources = ["*"]
  }

  statement {
    sid     = "Act"
    actions = ["autoscaling:*", "ec2:*", "ecr:*", "eks:*", "eks-auth:*", "elasticloadbalancing:*", "kms:*", "logs:*"]
    resources = [
      for service in ["autoscaling", "ec2", "ecr", "eks", "elasticloadbalancing", "kms", "logs"] :
      "arn:${local.partition}:${service}:${local.here}:*"
    ]
  }

  statement {
    sid       = "ServiceRoles"
    actions   = ["iam:CreateServiceLinkedRole"]
    resources = [local.service_role_arns]

    condition {
      test     = "StringEquals"
      variable = "iam:AWSServiceName"
      values   = ["elasticloadbalancing.amazonaws.com"]
    }
  }
}

# Of both: what belongs to an environment of another stage can be seen, and nothing more.
data "aws_iam_policy_document" "others_environments" {
  for_each = toset(var.stages)

  statement {
    sid    = "OthersEnvironments"
    effect = "Deny"
    not_actions = [
      "autoscaling:Describe*", "ec2:Describe*", "ecr:Describe*", "ecr:List*", "eks:Describe*", "eks:List*",
      "elasticloadbalancing:Describe*", "iam:Get*", "iam:List*", "kms:Describe*", "kms:List*", "logs:Describe*", "logs:List*",
    ]
    resources = ["*"]

    condition {
      test     = "StringNotLike"
      variable = "aws:ResourceTag/Environment"
      values   = concat(local.environments[each.key], ["bootstrap"])
    }

    # A resource without the tag is being made, or is nobody's.
    condition {
      test     = "Null"
      variable = "aws:ResourceTag/Environment"
      values   = ["false"]
    }
  }
}
