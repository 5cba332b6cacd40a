resource "terraform_data" "chosen" {
  input = "repo:it/it:environment:production"
}

data "aws_iam_policy_document" "pattern" {
  statement {
    actions = ["sts:AssumeRoleWithWebIdentity"]
    principals {
      type        = "Federated"
      identifiers = ["arn:aws:iam::123456789012:oidc-provider/token.actions.githubusercontent.com"]
    }
    condition {
      test     = "StringLike"
      variable = "token.actions.githubusercontent.com:sub"
      values   = [terraform_data.chosen.output]
    }
  }
}

resource "aws_iam_role" "pattern" {
  assume_role_policy = data.aws_iam_policy_document.pattern.json
}

data "aws_iam_policy_document" "wide" {
  statement {
    actions = ["sts:AssumeRoleWithWebIdentity"]
    principals {
      type        = "Federated"
      identifiers = ["arn:aws:iam::123456789012:oidc-provider/token.actions.githubusercontent.com"]
    }
    condition {
      test     = "StringEquals"
      variable = "token.actions.githubusercontent.com:sub"
      values   = ["repo:it/it:*", terraform_data.chosen.output]
    }
  }
}

resource "aws_iam_role" "wide" {
  assume_role_policy = data.aws_iam_policy_document.wide.json
}
