resource "aws_sns_topic_policy" "star" {
  arn = "arn:aws:sns:eu-central-1:123456789012:star"
  policy = jsonencode({
    Version = "2012-10-17"
    Statement = [{
      Effect    = "Allow"
      Principal = { AWS = "arn:aws:iam::123456789012:root" }
      Action    = "sns:Publish"
      Resource  = "*"
    }]
  })
}

resource "aws_sns_topic_policy" "aws" {
  arn = "arn:aws:sns:eu-central-1:123456789012:aws"
  policy = jsonencode({
    Version = "2012-10-17"
    Statement = [{
      Effect    = "Allow"
      Principal = "*"
      Action    = "sns:Publish"
      Resource  = "*"
      Condition = { StringEquals = { "aws:SourceAccount" = "123456789012" } }
    }]
  })
}

resource "aws_sns_topic_policy" "denied" {
  arn = "arn:aws:sns:eu-central-1:123456789012:denied"
  policy = jsonencode({
    Version = "2012-10-17"
    Statement = [{
      Effect    = "Deny"
      Principal = "*"
      Action    = "sns:Publish"
      Resource  = "*"
    }]
  })
}

data "aws_iam_policy_document" "made" {
  statement {
    actions   = ["sns:Publish"]
    resources = ["*"]
    principals {
      type        = "AWS"
      identifiers = ["*"]
    }
    condition {
      test     = "StringEquals"
      variable = "aws:SourceAccount"
      values   = ["123456789012"]
    }
  }
}

resource "aws_sns_topic_policy" "made" {
  arn    = "arn:aws:sns:eu-central-1:123456789012:made"
  policy = data.aws_iam_policy_document.made.json
}
