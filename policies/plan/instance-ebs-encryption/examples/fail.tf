resource "aws_instance" "left_out" {
  ami = "ami-0abc"
  instance_type = "t3.micro"
}

resource "aws_launch_configuration" "left_out" {
  image_id = "ami-0abc"
  instance_type = "t3.micro"
}

resource "aws_instance" "root" {
  ami = "ami-0abc"
  instance_type = "t3.micro"
  root_block_device {
    encrypted = false
  }
}

resource "aws_launch_configuration" "root" {
  image_id = "ami-0abc"
  instance_type = "t3.micro"
  root_block_device {
    encrypted = false
  }
}

resource "aws_instance" "other" {
  ami = "ami-0abc"
  instance_type = "t3.micro"
  root_block_device {
    encrypted = true
  }
  ebs_block_device {
    device_name = "/dev/sdb"
    encrypted = true
  }
  ebs_block_device {
    device_name = "/dev/sdc"

  }
}

resource "aws_launch_configuration" "other" {
  image_id = "ami-0abc"
  instance_type = "t3.micro"
  root_block_device {
    encrypted = true
  }
  ebs_block_device {
    device_name = "/dev/sdb"
    encrypted = true
  }
  ebs_block_device {
    device_name = "/dev/sdc"

  }
}
