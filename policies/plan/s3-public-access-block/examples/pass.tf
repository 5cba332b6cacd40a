resource "aws_s3_bucket" "alone" {}

resource "aws_s3_bucket_public_access_block" "alone" {
  bucket                  = aws_s3_bucket.alone.id
  block_public_acls       = true
  block_public_policy     = true
  ignore_public_acls      = true
  restrict_public_buckets = true
}

resource "aws_s3_bucket" "partly" {
  bucket = "partly"
}

resource "aws_s3_bucket_public_access_block" "partly" {
  bucket                  = "partly"
  block_public_acls       = true
  block_public_policy     = true
  ignore_public_acls      = true
  restrict_public_buckets = true
}

resource "aws_s3_bucket" "left_out" {
  bucket = "left-out"
}

resource "aws_s3_bucket_public_access_block" "left_out" {
  bucket                  = aws_s3_bucket.left_out.bucket
  block_public_acls       = true
  block_public_policy     = true
  ignore_public_acls      = true
  restrict_public_buckets = true
}
