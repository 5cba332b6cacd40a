resource "terraform_data" "chosen" {
  input = 1
}

resource "aws_launch_template" "open" {
  image_id = "ami-0abc"
  metadata_options {
    http_put_response_hop_limit = terraform_data.chosen.output
  }
}

resource "aws_launch_configuration" "open" {
  image_id      = "ami-0abc"
  instance_type = "t3.micro"
  metadata_options {
    http_put_response_hop_limit = terraform_data.chosen.output
  }
}
