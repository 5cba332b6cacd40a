resource "terraform_data" "chosen" {
  input = true
}

resource "aws_instance" "open" {
  ami                         = "ami-0abc"
  instance_type               = "t3.micro"
  associate_public_ip_address = terraform_data.chosen.output
}

resource "aws_launch_configuration" "open" {
  image_id                    = "ami-0abc"
  instance_type               = "t3.micro"
  associate_public_ip_address = terraform_data.chosen.output
}

resource "aws_launch_template" "open" {
  image_id = "ami-0abc"
  network_interfaces {
    associate_public_ip_address = terraform_data.chosen.output
  }
}

resource "aws_launch_template" "dynamic" {
  image_id = "ami-0abc"
  dynamic "network_interfaces" {
    for_each = terraform_data.chosen.output == true ? toset(["a"]) : toset([])
    content {
      associate_public_ip_address = true
    }
  }
}
