resource "aws_sqs_queue_policy" "star" {
  queue_url = "https://sqs.eu-central-1.amazonaws.com/123456789012/star"
  policy = jsonencode({
    Version = "2012-10-17"
    Statement = [{
      Effect    = "Allow"
      Principal = "*"
      Action    = "sqs:SendMessage"
      Resource  = "*"
    }]
  })
}

resource "aws_sqs_queue" "star" {
  policy = jsonencode({
    Version = "2012-10-17"
    Statement = [{
      Effect    = "Allow"
      Principal = "*"
      Action    = "sqs:SendMessage"
      Resource  = "*"
    }]
  })
}

resource "aws_sqs_queue_policy" "aws" {
  queue_url = "https://sqs.eu-central-1.amazonaws.com/123456789012/aws"
  policy = jsonencode({
    Version = "2012-10-17"
    Statement = [{
      Effect    = "Allow"
      Principal = { AWS = ["arn:aws:iam::123456789012:root", "*"] }
      Action    = "sqs:SendMessage"
      Resource  = "*"
    }]
  })
}

resource "aws_sqs_queue" "aws" {
  policy = jsonencode({
    Version = "2012-10-17"
    Statement = [{
      Effect    = "Allow"
      Principal = { AWS = ["arn:aws:iam::123456789012:root", "*"] }
      Action    = "sqs:SendMessage"
      Resource  = "*"
    }]
  })
}

resource "aws_iam_user" "it" {
  name = "it"
}

data "aws_iam_policy_document" "deferred" {
  statement {
    actions   = ["sqs:SendMessage"]
    resources = ["*"]
    principals {
      type        = "AWS"
      identifiers = ["*", aws_iam_user.it.arn]
    }
  }
}

resource "aws_sqs_queue_policy" "deferred" {
  queue_url = "https://sqs.eu-central-1.amazonaws.com/123456789012/deferred"
  policy    = data.aws_iam_policy_document.deferred.json
}

resource "aws_sqs_queue" "deferred" {
  policy = data.aws_iam_policy_document.deferred.json
}
