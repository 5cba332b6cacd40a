resource "aws_launch_template" "two" {
  image_id = "ami-0abc"
  metadata_options {
    http_put_response_hop_limit = 2
  }
}

resource "aws_launch_configuration" "two" {
  image_id      = "ami-0abc"
  instance_type = "t3.micro"
  metadata_options {
    http_put_response_hop_limit = 2
  }
}

resource "aws_launch_template" "many" {
  image_id = "ami-0abc"
  metadata_options {
    http_put_response_hop_limit = 64
  }
}

resource "aws_launch_configuration" "many" {
  image_id      = "ami-0abc"
  instance_type = "t3.micro"
  metadata_options {
    http_put_response_hop_limit = 64
  }
}
