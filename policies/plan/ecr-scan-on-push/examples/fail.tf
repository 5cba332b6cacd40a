resource "aws_ecr_repository" "left_out" {
  name = "left_out"
}

resource "aws_ecr_repository" "off" {
  name = "off"
  image_scanning_configuration {
    scan_on_push = false
  }
}
