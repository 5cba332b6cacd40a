resource "aws_s3_bucket" "alone" {
  bucket = "alone"
}

resource "aws_s3_bucket" "own" {
  bucket = "own"
}

resource "aws_s3_bucket_server_side_encryption_configuration" "own" {
  bucket = aws_s3_bucket.own.id
  rule {
    apply_server_side_encryption_by_default {
      sse_algorithm = "AES256"
    }
  }
}

resource "aws_s3_bucket" "inline" {
  bucket = "inline"
  server_side_encryption_configuration {
    rule {
      apply_server_side_encryption_by_default {
        sse_algorithm = "AES256"
      }
    }
  }
}

resource "aws_s3_bucket" "empty" {}

resource "aws_s3_bucket_server_side_encryption_configuration" "empty" {
  bucket = aws_s3_bucket.empty.id
  rule {
    bucket_key_enabled = true
  }
}

resource "aws_s3_bucket_server_side_encryption_configuration" "other" {
  bucket = "another"
  rule {
    apply_server_side_encryption_by_default {
      sse_algorithm = "aws:kms"
    }
  }
}
