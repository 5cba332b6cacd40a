resource "aws_ecr_repository" "production" {
  name = "production"
  force_delete = true
  tags = { Environment = "production" }
}

resource "aws_ecr_repository" "without" {
  name = "without"
  force_delete = true
}

resource "aws_s3_bucket" "staging" {
  bucket = "staging"
  force_destroy = true
  tags = { Environment = "staging" }
}
