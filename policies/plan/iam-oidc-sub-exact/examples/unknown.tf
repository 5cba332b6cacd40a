resource "terraform_data" "chosen" {
  input = "repo:it/it:environment:production"
}

resource "aws_iam_role" "json" {
  assume_role_policy = jsonencode({
    Version = "2012-10-17"
    Statement = [{
      Effect    = "Allow"
      Principal = { Federated = "arn:aws:iam::123456789012:oidc-provider/token.actions.githubusercontent.com" }
      Action    = "sts:AssumeRoleWithWebIdentity"
      Condition = { StringEquals = { "token.actions.githubusercontent.com:aud" = "sts.amazonaws.com", "token.actions.githubusercontent.com:sub" = terraform_data.chosen.output } }
    }]
  })
}

data "aws_iam_policy_document" "sub" {
  statement {
    actions = ["sts:AssumeRoleWithWebIdentity"]
    principals {
      type        = "Federated"
      identifiers = ["arn:aws:iam::123456789012:oidc-provider/token.actions.githubusercontent.com"]
    }
    condition {
      test     = "StringEquals"
      variable = "token.actions.githubusercontent.com:sub"
      values   = [terraform_data.chosen.output]
    }
  }
}

resource "aws_iam_role" "sub" {
  assume_role_policy = data.aws_iam_policy_document.sub.json
}
