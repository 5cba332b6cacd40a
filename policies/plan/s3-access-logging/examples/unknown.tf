resource "terraform_data" "chosen" {
  input = "logs"
}

resource "aws_s3_bucket" "target" {
  bucket = "target"
}

resource "aws_s3_bucket_logging" "target" {
  bucket        = aws_s3_bucket.target.id
  target_bucket = terraform_data.chosen.output
  target_prefix = "log/"
}

resource "aws_s3_bucket" "named" {
  bucket = terraform_data.chosen.output
}

resource "aws_s3_bucket_logging" "named" {
  bucket        = terraform_data.chosen.output
  target_bucket = "elsewhere"
  target_prefix = "log/"
}

resource "aws_s3_bucket" "inline" {
  bucket = "inline"
  logging {
    target_bucket = terraform_data.chosen.output
  }
}
