resource "terraform_data" "chosen" {
  input = true
}

resource "aws_s3_bucket" "status" {}

resource "aws_s3_bucket_versioning" "status" {
  bucket = aws_s3_bucket.status.id
  versioning_configuration {
    status = terraform_data.chosen.output ? "Enabled" : "Suspended"
  }
}

resource "aws_s3_bucket" "named" {
  bucket = terraform_data.chosen.id
}

resource "aws_s3_bucket_versioning" "named" {
  bucket = terraform_data.chosen.id
  versioning_configuration {
    status = "Enabled"
  }
}

resource "aws_s3_bucket" "inline" {
  bucket = "inline"
  versioning {
    enabled = terraform_data.chosen.output
  }
}
