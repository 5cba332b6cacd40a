resource "aws_instance" "on" {
  ami                         = "ami-0abc"
  instance_type               = "t3.micro"
  associate_public_ip_address = true
}

resource "aws_launch_configuration" "on" {
  image_id                    = "ami-0abc"
  instance_type               = "t3.micro"
  associate_public_ip_address = true
}

resource "aws_launch_template" "on" {
  image_id = "ami-0abc"
  network_interfaces {
    associate_public_ip_address = true
  }
}

resource "aws_launch_template" "text" {
  image_id = "ami-0abc"
  network_interfaces {
    associate_public_ip_address = "true"
  }
}

resource "aws_launch_template" "second" {
  image_id = "ami-0abc"
  network_interfaces {
    associate_public_ip_address = false
  }
  network_interfaces {
    associate_public_ip_address = true
  }
}
