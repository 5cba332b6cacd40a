resource "terraform_data" "chosen" {
  input = true
}

resource "aws_instance" "root" {
  ami = "ami-0abc"
  instance_type = "t3.micro"
  root_block_device {
    encrypted = terraform_data.chosen.output
  }
}

resource "aws_launch_configuration" "root" {
  image_id = "ami-0abc"
  instance_type = "t3.micro"
  root_block_device {
    encrypted = terraform_data.chosen.output
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
    encrypted = terraform_data.chosen.output
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
    encrypted = terraform_data.chosen.output
  }
}
