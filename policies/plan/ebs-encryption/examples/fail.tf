resource "aws_ebs_volume" "left_out" {
  availability_zone = "eu-central-1a"
  size              = 8
}

resource "aws_ebs_volume" "off" {
  availability_zone = "eu-central-1a"
  size              = 8
  encrypted         = false
}
