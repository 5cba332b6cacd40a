resource "aws_launch_template" "two" {
  image_id = "ami-0abc"
  metadata_options {
    http_put_response_hop_limit = 1
  }
}

resource "aws_launch_configuration" "two" {
  image_id      = "ami-0abc"
  instance_type = "t3.micro"
  metadata_options {
    http_put_response_hop_limit = 1
  }
}

resource "aws_launch_template" "left_out" {
  image_id = "ami-0abc"
}

resource "aws_launch_configuration" "left_out" {
  image_id      = "ami-0abc"
  instance_type = "t3.micro"
}

resource "aws_launch_template" "other" {
  image_id = "ami-0abc"
  metadata_options {
    http_tokens = "required"
  }
}

resource "aws_launch_configuration" "other" {
  image_id      = "ami-0abc"
  instance_type = "t3.micro"
  metadata_options {
    http_tokens = "required"
  }
}
