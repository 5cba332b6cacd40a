resource "aws_ecr_repository" "left_out" {
  name = "left_out"
  image_scanning_configuration {
    scan_on_push = true
  }
}
