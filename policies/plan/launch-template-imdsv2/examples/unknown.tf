resource "terraform_data" "tokens" {
  input = "required"
}

resource "aws_launch_template" "tokens" {
  image_id = "ami-0abc"

  metadata_options {
    http_tokens = terraform_data.tokens.output
  }
}

resource "aws_instance" "tokens" {
  ami           = "ami-0abc"
  instance_type = "t3.micro"

  metadata_options {
    http_tokens = terraform_data.tokens.output
  }
}

resource "aws_launch_configuration" "tokens" {
  image_id      = "ami-0abc"
  instance_type = "t3.micro"

  metadata_options {
    http_tokens = terraform_data.tokens.output
  }
}

resource "aws_launch_template" "endpoint" {
  image_id = "ami-0abc"

  metadata_options {
    http_endpoint = terraform_data.tokens.output
  }
}

resource "aws_instance" "endpoint" {
  ami           = "ami-0abc"
  instance_type = "t3.micro"

  metadata_options {
    http_endpoint = terraform_data.tokens.output
  }
}

resource "aws_launch_configuration" "endpoint" {
  image_id      = "ami-0abc"
  instance_type = "t3.micro"

  metadata_options {
    http_endpoint = terraform_data.tokens.output
  }
}
