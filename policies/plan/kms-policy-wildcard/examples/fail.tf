resource "aws_kms_key" "star" {
  policy = jsonencode({
    Version = "2012-10-17"
    Statement = [{
      Effect    = "Allow"
      Principal = "*"
      Action    = "kms:*"
      Resource  = "*"
    }]
  })
}

resource "aws_kms_key" "aws" {
  policy = jsonencode({
    Version = "2012-10-17"
    Statement = [{
      Effect    = "Allow"
      Principal = { AWS = ["arn:aws:iam::123456789012:root", "*"] }
      Action    = "kms:*"
      Resource  = "*"
    }]
  })
}

resource "aws_iam_user" "it" {
  name = "it"
}

data "aws_iam_policy_document" "deferred" {
  statement {
    actions   = ["kms:*"]
    resources = ["*"]
    principals {
      type        = "AWS"
      identifiers = ["*", aws_iam_user.it.arn]
    }
  }
}

resource "aws_kms_key" "deferred" {
  policy = data.aws_iam_policy_document.deferred.json
}
