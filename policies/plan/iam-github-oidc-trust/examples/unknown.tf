resource "aws_iam_openid_connect_provider" "it" {
  url = "https://token.actions.githubusercontent.com"
  client_id_list = ["sts.amazonaws.com"]
}

resource "terraform_data" "chosen" {
  input = "repo:it/it:*"
}

resource "aws_iam_role" "json" {
  assume_role_policy = jsonencode({
    Version = "2012-10-17"
    Statement = [{
      Effect = "Allow"
      Principal = { Federated = aws_iam_openid_connect_provider.it.arn }
      Action = "sts:AssumeRoleWithWebIdentity"
      Condition = { StringEquals = { "token.actions.githubusercontent.com:aud" = "sts.amazonaws.com" }, StringLike = { "token.actions.githubusercontent.com:sub" = "repo:it/it:*" } }
    }]
  })
}

data "aws_iam_policy_document" "sub" {
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
      values   = [terraform_data.chosen.output]
    }
  }
}

resource "aws_iam_role" "sub" {
  assume_role_policy = data.aws_iam_policy_document.sub.json
}

data "aws_iam_policy_document" "provider" {
  statement {
    actions = ["sts:AssumeRoleWithWebIdentity"]
    principals {
      type        = "Federated"
      identifiers = [aws_iam_openid_connect_provider.it.arn]
    }
  }
}

resource "aws_iam_role" "provider" {
  assume_role_policy = data.aws_iam_policy_document.provider.json
}
