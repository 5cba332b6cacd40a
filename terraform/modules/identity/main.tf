# The trust in GitHub: one role for each stage, for the jobs of that environment in that repository and nobody else.

data "aws_partition" "this" {}

locals {
  partition = data.aws_partition.this.partition
  host      = "token.actions.githubusercontent.com"

  # By names, and also by ids where they are known: those stay when a name goes to somebody else.
  repositories = compact([var.repository, var.repository_ids])
}

resource "aws_iam_openid_connect_provider" "github" {
  url            = "https://${local.host}"
  client_id_list = ["sts.amazonaws.com"]
}

resource "aws_iam_role" "stage" {
  for_each = toset(var.stages)

  name                 = "hallmark-stage-${each.key}"
  description          = "Jobs of ${var.repository} in the environment ${each.key}"
  assume_role_policy   = data.aws_iam_policy_document.trust[each.key].json
  permissions_boundary = aws_iam_policy.stage_boundary[each.key].arn
  # A cluster with nodes takes up to half an hour to make or to take down.
  max_session_duration = 7200
}

data "aws_iam_policy_document" "trust" {
  for_each = toset(var.stages)

  statement {
    actions = ["sts:AssumeRoleWithWebIdentity"]

    principals {
      type        = "Federated"
      identifiers = ["arn:${local.partition}:iam::${var.account_id}:oidc-provider/${local.host}"]
    }

    condition {
      test     = "StringEquals"
      variable = "${local.host}:aud"
      values   = ["sts.amazonaws.com"]
    }

    condition {
      test     = "StringEquals"
      variable = "${local.host}:sub"
      values   = [for repository in local.repositories : "repo:${repository}:environment:${each.key}"]
    }
  }
}
