resource "aws_s3_bucket" "without" {
  bucket = "without"
}

resource "aws_s3_bucket" "allowed" {
  bucket = "allowed"
}

resource "aws_s3_bucket_policy" "allowed" {
  bucket = aws_s3_bucket.allowed.id
  policy = jsonencode({
    Version = "2012-10-17"
    Statement = [{
      Effect    = "Allow"
      Principal = "*"
      Action    = "s3:*"
      Resource  = ["arn:aws:s3:::allowed", "arn:aws:s3:::allowed/*"]
      Condition = { Bool = { "aws:SecureTransport" = "true" } }
    }]
  })
}

resource "aws_s3_bucket" "some" {
  bucket = "some"
}

resource "aws_s3_bucket_policy" "some" {
  bucket = aws_s3_bucket.some.id
  policy = jsonencode({
    Version = "2012-10-17"
    Statement = [{
      Effect    = "Deny"
      Principal = { AWS = "arn:aws:iam::123456789012:root" }
      Action    = "s3:*"
      Resource  = ["arn:aws:s3:::some", "arn:aws:s3:::some/*"]
      Condition = { Bool = { "aws:SecureTransport" = "false" } }
    }]
  })
}

resource "aws_s3_bucket" "get" {
  bucket = "get"
}

resource "aws_s3_bucket_policy" "get" {
  bucket = aws_s3_bucket.get.id
  policy = jsonencode({
    Version = "2012-10-17"
    Statement = [{
      Effect    = "Deny"
      Principal = "*"
      Action    = "s3:GetObject"
      Resource  = ["arn:aws:s3:::get", "arn:aws:s3:::get/*"]
      Condition = { Bool = { "aws:SecureTransport" = "false" } }
    }]
  })
}

resource "aws_s3_bucket" "narrow" {
  bucket = "narrow"
}

resource "aws_s3_bucket_policy" "narrow" {
  bucket = aws_s3_bucket.narrow.id
  policy = jsonencode({
    Version = "2012-10-17"
    Statement = [{
      Effect    = "Deny"
      Principal = "*"
      Action    = "s3:*"
      Resource  = ["arn:aws:s3:::narrow", "arn:aws:s3:::narrow/*"]
      Condition = { Bool = { "aws:SecureTransport" = "false" }, StringEquals = { "aws:SourceVpc" = "vpc-1" } }
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
      Action    = "s3:*"
      Resource  = ["arn:aws:s3:::inline", "arn:aws:s3:::inline/*"]
      Condition = { Bool = { "aws:SecureTransport" = "true" } }
    }]
  })
}
