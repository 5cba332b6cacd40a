resource "aws_ecr_repository" "left_out" {
  name = "left_out"
}

resource "aws_ecr_repository" "aes" {
  name = "aes"
  encryption_configuration {
    encryption_type = "AES256"
  }
}
