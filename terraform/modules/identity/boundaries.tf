# What no role can do, whatever its policies say.

locals {
  environment_boundary_arn = "arn:${local.partition}:iam::${var.account_id}:policy/hallmark-environment"

  boundary_arns = concat(
    [local.environment_boundary_arn],
    [for stage in var.stages : "arn:${local.partition}:iam::${var.account_id}:policy/hallmark-stage-${stage}"],
  )
}

resource "aws_iam_policy" "stage_boundary" {
  for_each = toset(var.stages)

  name        = "hallmark-stage-${each.key}"
  description = "The most that the role of the stage ${each.key} can do"
  policy      = data.aws_iam_policy_document.stage_boundary[each.key].json
}

data "aws_iam_policy_document" "stage_boundary" {
  for_each = toset(var.stages)

  # The same words as in the role's own policy: a policy that is added to the role by hand gives it nothing.
  source_policy_documents = [data.aws_iam_policy_document.stage[each.key].json]

  statement {
    sid       = "OthersEnvironments"
    effect    = "Deny"
    actions   = ["ec2:*", "eks:*", "elasticloadbalancing:*", "logs:*"]
    resources = ["*"]

    condition {
      test     = "StringNotLike"
      variable = "aws:ResourceTag/Environment"
      values   = [each.key, "${each.key}-*"]
    }

    # A resource without the tag is being made, or is nobody's.
    condition {
      test     = "Null"
      variable = "aws:ResourceTag/Environment"
      values   = ["false"]
    }
  }

  statement {
    sid       = "Boundaries"
    effect    = "Deny"
    actions   = ["iam:CreatePolicyVersion", "iam:DeletePolicy", "iam:DeletePolicyVersion", "iam:SetDefaultPolicyVersion"]
    resources = local.boundary_arns
  }

  statement {
    sid       = "OutOfBounds"
    effect    = "Deny"
    actions   = ["iam:DeleteRolePermissionsBoundary"]
    resources = ["*"]
  }
}

# Of the roles in an environment: cluster, nodes, flow logs, pods.
resource "aws_iam_policy" "environment_boundary" {
  name        = "hallmark-environment"
  description = "The most that a role in an environment can do"
  policy      = data.aws_iam_policy_document.environment_boundary.json
}

data "aws_iam_policy_document" "environment_boundary" {
  statement {
    sid       = "Look"
    actions   = ["autoscaling:Describe*", "ec2:Describe*", "ecr:GetAuthorizationToken", "elasticloadbalancing:Describe*", "logs:DescribeLogGroups"]
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
    resources = ["arn:${local.partition}:iam::${var.account_id}:role/aws-service-role/*"]

    condition {
      test     = "StringEquals"
      variable = "iam:AWSServiceName"
      values   = ["elasticloadbalancing.amazonaws.com"]
    }
  }
}
