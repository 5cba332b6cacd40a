resource "aws_launch_template" "left_out" {
  image_id = "ami-0abc"
}

resource "aws_instance" "left_out" {
  ami           = "ami-0abc"
  instance_type = "t3.micro"
}

resource "aws_launch_configuration" "left_out" {
  image_id      = "ami-0abc"
  instance_type = "t3.micro"
}

resource "aws_launch_template" "other_options" {
  image_id = "ami-0abc"

  metadata_options {
    http_endpoint = "enabled"
  }
}

resource "aws_instance" "other_options" {
  ami           = "ami-0abc"
  instance_type = "t3.micro"

  metadata_options {
    http_endpoint = "enabled"
  }
}

resource "aws_launch_configuration" "other_options" {
  image_id      = "ami-0abc"
  instance_type = "t3.micro"

  metadata_options {
    http_endpoint = "enabled"
  }
}

resource "aws_launch_template" "optional" {
  image_id = "ami-0abc"

  metadata_options {
    http_tokens = "optional"
  }
}

resource "aws_instance" "optional" {
  ami           = "ami-0abc"
  instance_type = "t3.micro"

  metadata_options {
    http_tokens = "optional"
  }
}

resource "aws_launch_configuration" "optional" {
  image_id      = "ami-0abc"
  instance_type = "t3.micro"

  metadata_options {
    http_tokens = "optional"
  }
}
