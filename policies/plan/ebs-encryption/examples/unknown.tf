resource "terraform_data" "chosen" {
  input = true
}

resource "aws_ebs_volume" "open" {
  availability_zone = "eu-central-1a"
  size              = 8
  encrypted         = terraform_data.chosen.output
}
