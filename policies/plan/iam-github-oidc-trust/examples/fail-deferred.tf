resource "aws_iam_openid_connect_provider" "it" {
  url = "https://token.actions.githubusercontent.com"
  client_id_list = ["sts.amazonaws.com"]
}

resource "terraform_data" "chosen" {
  input = "repo:it/it:*"
}

data "aws_iam_policy_document" "no_sub" {
  statement {
    actions = ["sts:AssumeRoleWithWebIdentity"]
    principals {
      type        = "Federated"
      identifiers = [aws_iam_openid_connect_provider.it.arn]
    }
    condition {
      test     = "StringEquals"
      variable = "token.actions.githubusercontent.com:aud"
      values   = ["sts.amazonaws.com"]
    }
  }
}

resource "aws_iam_role" "no_sub" {
  assume_role_policy = data.aws_iam_policy_document.no_sub.json
}

data "aws_iam_policy_document" "star" {
  statement {
    actions = ["sts:AssumeRoleWithWebIdentity"]
    principals {
      type        = "Federated"
      identifiers = [aws_iam_openid_connect_provider.it.arn]
    }
    condition {
      test     = "StringEquals"
      variable = "token.actions.githubusercontent.com:aud"
      values   = ["sts.amazonaws.com"]
    }
    condition {
      test     = "StringLike"
      variable = "token.actions.githubusercontent.com:sub"
      values   = ["*", terraform_data.chosen.output]
    }
  }
}

resource "aws_iam_role" "star" {
  assume_role_policy = data.aws_iam_policy_document.star.json
}
