resource "aws_instance" "on" {
  ami                         = "ami-0abc"
  instance_type               = "t3.micro"
  associate_public_ip_address = false
}

resource "aws_launch_configuration" "on" {
  image_id                    = "ami-0abc"
  instance_type               = "t3.micro"
  associate_public_ip_address = false
}

resource "aws_launch_template" "on" {
  image_id = "ami-0abc"
  network_interfaces {
    associate_public_ip_address = false
  }
}

resource "aws_instance" "left_out" {
  ami           = "ami-0abc"
  instance_type = "t3.micro"
}

resource "aws_launch_configuration" "left_out" {
  image_id      = "ami-0abc"
  instance_type = "t3.micro"
}

resource "aws_launch_template" "left_out" {
  image_id = "ami-0abc"
}

resource "aws_launch_template" "text" {
  image_id = "ami-0abc"
  network_interfaces {
    device_index = 0
  }
}
