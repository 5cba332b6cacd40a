resource "aws_s3_bucket" "left_out" {
  bucket = "left-out"
}

resource "aws_s3_bucket_policy" "denied" {
  bucket = "it"
  policy = jsonencode({
    Version = "2012-10-17"
    Statement = [{
      Effect = "Deny"
      Principal = "*"
      Action = "s3:GetObject"
      Resource = "arn:aws:s3:::it/*"
    }]
  })
}

resource "aws_s3_bucket_policy" "account" {
  bucket = "it"
  policy = jsonencode({
    Version = "2012-10-17"
    Statement = [{
      Effect = "Allow"
      Principal = { AWS = "arn:aws:iam::123456789012:root" }
      Action = "s3:GetObject"
      Resource = "arn:aws:s3:::it/*"
    }]
  })
}

resource "aws_s3_bucket_policy" "organization" {
  bucket = "it"
  policy = jsonencode({
    Version = "2012-10-17"
    Statement = [{
      Effect = "Allow"
      Principal = "*"
      Action = "s3:GetObject"
      Resource = "arn:aws:s3:::it/*"
      Condition = { StringEquals = { "aws:PrincipalOrgID" = "o-0a" } }
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
      Condition = { StringEquals = { "aws:PrincipalOrgID" = "o-0a" } }
    }]
  })
}
