resource "aws_ebs_volume" "left_out" {
  availability_zone = "eu-central-1a"
  size              = 8
  encrypted         = true
}
