resource "terraform_data" "chosen" {
  input = true
}

resource "aws_ecr_repository" "force" {
  name = "force"
  force_delete = terraform_data.chosen.output
  tags = { Environment = "production" }
}

resource "aws_s3_bucket" "environment" {
  bucket = "environment"
  force_destroy = true
  tags = { Environment = terraform_data.chosen.id }
}
