resource "aws_ecr_repository" "left_out" {
  name = "left_out"
  tags = { Environment = "production" }
}

resource "aws_ecr_repository" "off" {
  name = "off"
  force_delete = false
  tags = { Environment = "production" }
}

resource "aws_ecr_repository" "ephemeral" {
  name = "ephemeral"
  force_delete = true
  tags = { Environment = "pr-1" }
}

resource "aws_s3_bucket" "left_out" {
  bucket = "left_out"
}

resource "aws_s3_bucket" "ephemeral" {
  bucket = "ephemeral"
  force_destroy = true
  tags = { Environment = "pr-1" }
}
