resource "aws_ecr_repository" "left_out" {
  name = "left_out"
  encryption_configuration {
    encryption_type = "KMS"
  }
}

resource "aws_ecr_repository" "aes" {
  name = "aes"
  encryption_configuration {
    encryption_type = "KMS_DSSE"
  }
}
