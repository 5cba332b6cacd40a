resource "terraform_data" "chosen" {
  input = true
}

resource "aws_ecr_repository" "open" {
  name = "open"
  image_scanning_configuration {
    scan_on_push = terraform_data.chosen.output
  }
}
