resource "aws_s3_bucket_policy" "star" {
  bucket = "it"
  policy = jsonencode({
    Version = "2012-10-17"
    Statement = [{
      Effect = "Allow"
      Principal = "*"
      Action = "s3:GetObject"
      Resource = "arn:aws:s3:::it/*"
    }]
  })
}

resource "aws_s3_bucket_policy" "aws" {
  bucket = "it"
  policy = jsonencode({
    Version = "2012-10-17"
    Statement = [{
      Effect = "Allow"
      Principal = { AWS = "*" }
      Action = "s3:GetObject"
      Resource = "arn:aws:s3:::it/*"
    }]
  })
}

resource "aws_s3_bucket_policy" "tls" {
  bucket = "it"
  policy = jsonencode({
    Version = "2012-10-17"
    Statement = [{
      Effect = "Allow"
      Principal = "*"
      Action = "s3:GetObject"
      Resource = "arn:aws:s3:::it/*"
      Condition = { Bool = { "aws:SecureTransport" = "true" } }
    }]
  })
}

resource "aws_s3_bucket" "inline" {
  bucket = "inline"
  policy = jsonencode({
    Version = "2012-10-17"
    Statement = [{
      Effect = "Allow"
      Principal = "*"
      Action = "s3:GetObject"
      Resource = "arn:aws:s3:::it/*"
    }]
  })
}

resource "aws_s3_bucket" "made" {}

data "aws_iam_policy_document" "deferred" {
  statement {
    actions = ["s3:GetObject"]
    resources = ["${aws_s3_bucket.made.arn}/*"]
    principals {
      type = "*"
      identifiers = ["*"]
    }
  }
}

resource "aws_s3_bucket_policy" "deferred" {
  bucket = "it"
  policy = data.aws_iam_policy_document.deferred.json
}
