resource "aws_ecr_repository" "left_out" {
  name                 = "left_out"
  image_tag_mutability = "IMMUTABLE"
}
