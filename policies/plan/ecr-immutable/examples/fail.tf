resource "aws_ecr_repository" "left_out" {
  name = "left_out"
}

resource "aws_ecr_repository" "off" {
  name                 = "off"
  image_tag_mutability = "MUTABLE"
}
