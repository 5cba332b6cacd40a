resource "aws_sns_topic_policy" "star" {
  arn = "arn:aws:sns:eu-central-1:123456789012:star"
  policy = jsonencode({
    Version = "2012-10-17"
    Statement = [{
      Effect    = "Allow"
      Principal = "*"
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
      Principal = { AWS = ["arn:aws:iam::123456789012:root", "*"] }
      Action    = "sns:Publish"
      Resource  = "*"
    }]
  })
}

resource "aws_iam_user" "it" {
  name = "it"
}

data "aws_iam_policy_document" "deferred" {
  statement {
    actions   = ["sns:Publish"]
    resources = ["*"]
    principals {
      type        = "AWS"
      identifiers = ["*", aws_iam_user.it.arn]
    }
  }
}

resource "aws_sns_topic_policy" "deferred" {
  arn    = "arn:aws:sns:eu-central-1:123456789012:deferred"
  policy = data.aws_iam_policy_document.deferred.json
}
