resource "aws_instance" "left_out" {
  ami = "ami-0abc"
  instance_type = "t3.micro"
  root_block_device {
    encrypted = true
  }
}

resource "aws_launch_configuration" "left_out" {
  image_id = "ami-0abc"
  instance_type = "t3.micro"
  root_block_device {
    encrypted = true
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
    encrypted = true
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
    encrypted = true
  }
}
