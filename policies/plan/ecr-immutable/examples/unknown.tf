resource "terraform_data" "chosen" {
  input = "IMMUTABLE"
}

resource "aws_ecr_repository" "open" {
  name                 = "open"
  image_tag_mutability = terraform_data.chosen.output
}
