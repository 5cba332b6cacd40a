resource "aws_s3_bucket" "logs" {}

resource "aws_s3_bucket" "alone" {
  bucket = "alone"
}

resource "aws_s3_bucket_logging" "alone" {
  bucket        = aws_s3_bucket.alone.id
  target_bucket = aws_s3_bucket.logs.id
  target_prefix = "log/"
}

resource "aws_s3_bucket" "inline" {
  bucket = "inline"
  logging {
    target_bucket = "elsewhere"
  }
}

resource "aws_s3_bucket" "named" {}

resource "aws_s3_bucket_logging" "named" {
  bucket        = aws_s3_bucket.named.id
  target_bucket = "elsewhere"
  target_prefix = "log/"
}
