resource "aws_s3_bucket" "denied" {
  bucket = "denied"
}

resource "aws_s3_bucket_policy" "denied" {
  bucket = aws_s3_bucket.denied.id
  policy = jsonencode({
    Version = "2012-10-17"
    Statement = [{
      Effect    = "Deny"
      Principal = "*"
      Action    = "s3:*"
      Resource  = ["arn:aws:s3:::denied", "arn:aws:s3:::denied/*"]
      Condition = { Bool = { "aws:SecureTransport" = "false" } }
    }]
  })
}

resource "aws_s3_bucket" "aws" {
  bucket = "aws"
}

resource "aws_s3_bucket_policy" "aws" {
  bucket = aws_s3_bucket.aws.id
  policy = jsonencode({
    Version = "2012-10-17"
    Statement = [{
      Effect    = "Deny"
      Principal = { AWS = "*" }
      Action    = ["s3:*"]
      Resource  = ["arn:aws:s3:::aws", "arn:aws:s3:::aws/*"]
      Condition = { Bool = { "AWS:SecureTransport" = false } }
    }]
  })
}

resource "aws_s3_bucket" "inline" {
  bucket = "inline"
  policy = jsonencode({
    Version = "2012-10-17"
    Statement = [{
      Effect    = "Deny"
      Principal = "*"
      Action    = "*"
      Resource  = ["arn:aws:s3:::inline", "arn:aws:s3:::inline/*"]
      Condition = { Bool = { "aws:SecureTransport" = "false" } }
    }]
  })
}

resource "aws_s3_bucket" "deferred" {}

data "aws_iam_policy_document" "deferred" {
  statement {
    effect    = "Deny"
    actions   = ["s3:*"]
    resources = [aws_s3_bucket.deferred.arn, "${aws_s3_bucket.deferred.arn}/*"]
    principals {
      type        = "*"
      identifiers = ["*"]
    }
    condition {
      test     = "Bool"
      variable = "aws:SecureTransport"
      values   = ["false"]
    }
  }
}

resource "aws_s3_bucket_policy" "deferred" {
  bucket = aws_s3_bucket.deferred.id
  policy = data.aws_iam_policy_document.deferred.json
}
