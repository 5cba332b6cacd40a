resource "aws_iam_role" "star" {
  assume_role_policy = jsonencode({
    Version = "2012-10-17"
    Statement = [{
      Effect = "Allow"
      Principal = "*"
      Action = "sts:AssumeRole"
    }]
  })
}

resource "aws_iam_role" "aws" {
  assume_role_policy = jsonencode({
    Version = "2012-10-17"
    Statement = [{
      Effect = "Allow"
      Principal = { AWS = ["arn:aws:iam::123456789012:role/it", "*"] }
      Action = "sts:AssumeRole"
    }]
  })
}

resource "aws_iam_role" "condition" {
  assume_role_policy = jsonencode({
    Version = "2012-10-17"
    Statement = [{
      Effect = "Allow"
      Principal = "*"
      Action = "sts:AssumeRole"
      Condition = { StringEquals = { "aws:PrincipalOrgID" = "o-0123456789" } }
    }]
  })
}

resource "aws_iam_user" "it" {
  name = "it"
}

data "aws_iam_policy_document" "deferred" {
  statement {
    actions = ["sts:AssumeRole"]
    principals {
      type        = "AWS"
      identifiers = ["*", aws_iam_user.it.arn]
    }
  }
}

resource "aws_iam_role" "deferred" {
  assume_role_policy = data.aws_iam_policy_document.deferred.json
}
