provider "aws" {
  region = "eu-central-1"
}

resource "aws_s3_bucket" "replaced" {
  bucket = "renamed"
  tags   = { Environment = "production" }
}

resource "aws_s3_bucket" "kept" {
  bucket = "kept"
  tags   = { Environment = "production" }
}
