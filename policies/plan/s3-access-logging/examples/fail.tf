resource "aws_s3_bucket" "alone" {
  bucket = "alone"
}

resource "aws_s3_bucket" "empty" {
  bucket = "empty"
  logging {
    target_bucket = ""
  }
}

resource "aws_s3_bucket" "beside" {
  bucket = "beside"
}

resource "aws_s3_bucket_logging" "other" {
  bucket        = "another"
  target_bucket = "logs"
  target_prefix = "log/"
}

resource "aws_s3_bucket_logging" "nowhere" {
  bucket        = "another"
  target_bucket = ""
  target_prefix = "log/"
}
