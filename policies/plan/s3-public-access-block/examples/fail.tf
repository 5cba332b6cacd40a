resource "aws_s3_bucket" "alone" {}

resource "aws_s3_bucket" "partly" {}

resource "aws_s3_bucket_public_access_block" "partly" {
  bucket                  = aws_s3_bucket.partly.id
  block_public_acls       = true
  block_public_policy     = true
  ignore_public_acls      = true
  restrict_public_buckets = false
}

resource "aws_s3_bucket" "left_out" {
  bucket = "left-out"
}

resource "aws_s3_bucket_public_access_block" "left_out" {
  bucket            = "left-out"
  block_public_acls = true
}

resource "aws_s3_bucket_public_access_block" "other" {
  bucket                  = "another"
  block_public_acls       = true
  block_public_policy     = true
  ignore_public_acls      = true
  restrict_public_buckets = true
}
