resource "terraform_data" "chosen" {
  input = true
}

resource "aws_s3_bucket" "algorithm" {
  bucket = "algorithm"
}

resource "aws_s3_bucket_server_side_encryption_configuration" "algorithm" {
  bucket = aws_s3_bucket.algorithm.id
  rule {
    apply_server_side_encryption_by_default {
      sse_algorithm = terraform_data.chosen.output ? "AES256" : "aws:kms"
    }
  }
}

resource "aws_s3_bucket" "named" {
  bucket = terraform_data.chosen.id
}

resource "aws_s3_bucket_server_side_encryption_configuration" "named" {
  bucket = terraform_data.chosen.id
  rule {
    apply_server_side_encryption_by_default {
      sse_algorithm = "aws:kms"
    }
  }
}

resource "aws_s3_bucket" "inline" {
  bucket = "inline"
  server_side_encryption_configuration {
    rule {
      apply_server_side_encryption_by_default {
        sse_algorithm = terraform_data.chosen.output ? "AES256" : "aws:kms"
      }
    }
  }
}
