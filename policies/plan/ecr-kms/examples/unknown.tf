resource "terraform_data" "chosen" {
  input = "KMS"
}

resource "aws_ecr_repository" "open" {
  name = "open"
  encryption_configuration {
    encryption_type = terraform_data.chosen.output
  }
}
