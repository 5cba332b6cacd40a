resource "terraform_data" "choice" {
  input = true
}

resource "aws_s3_bucket" "switch" {}

resource "aws_s3_bucket_public_access_block" "switch" {
  bucket                  = aws_s3_bucket.switch.id
  block_public_acls       = true
  block_public_policy     = true
  ignore_public_acls      = true
  restrict_public_buckets = terraform_data.choice.output
}

resource "aws_s3_bucket" "named" {
  bucket = terraform_data.choice.id
}

resource "aws_s3_bucket_public_access_block" "named" {
  bucket                  = terraform_data.choice.id
  block_public_acls       = true
  block_public_policy     = true
  ignore_public_acls      = true
  restrict_public_buckets = true
}
