resource "aws_s3_bucket" "alone" {
  bucket = "alone"
}

resource "aws_s3_bucket" "suspended" {
  bucket = "suspended"
}

resource "aws_s3_bucket_versioning" "suspended" {
  bucket = aws_s3_bucket.suspended.id
  versioning_configuration {
    status = "Suspended"
  }
}

resource "aws_s3_bucket" "inline" {
  bucket = "inline"
  versioning {
    enabled = false
  }
}

resource "aws_s3_bucket" "disabled" {}

resource "aws_s3_bucket_versioning" "disabled" {
  bucket = aws_s3_bucket.disabled.id
  versioning_configuration {
    status = "Disabled"
  }
}

resource "aws_s3_bucket_versioning" "other" {
  bucket = "another"
  versioning_configuration {
    status = "Enabled"
  }
}
