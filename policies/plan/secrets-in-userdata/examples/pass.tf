resource "aws_instance" "left_out" {
  ami           = "ami-0a"
  instance_type = "t3.micro"
}

resource "aws_instance" "text" {
  ami           = "ami-0a"
  instance_type = "t3.micro"
  user_data     = "#!/bin/sh\necho it\n"
}

resource "aws_instance" "base64" {
  ami              = "ami-0a"
  instance_type    = "t3.micro"
  user_data_base64 = "IyEvYmluL3NoCmVjaG8gaXQK"
}

resource "aws_launch_template" "left_out" {}

resource "aws_launch_template" "text" {
  user_data = base64encode("#!/bin/sh\necho it\n")
}

resource "aws_launch_configuration" "left_out" {
  image_id      = "ami-0a"
  instance_type = "t3.micro"
}

resource "aws_launch_configuration" "text" {
  image_id      = "ami-0a"
  instance_type = "t3.micro"
  user_data     = "#!/bin/sh\necho it\n"
}
