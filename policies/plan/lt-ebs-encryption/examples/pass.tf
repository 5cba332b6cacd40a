resource "aws_launch_template" "off" {
  image_id = "ami-0abc"
  block_device_mappings {
    device_name = "/dev/sda"
    ebs {
      volume_size = 8
      encrypted   = true
    }
  }
}

resource "aws_launch_template" "left_out" {
  image_id = "ami-0abc"
}

resource "aws_launch_template" "second" {
  image_id = "ami-0abc"
  block_device_mappings {
    device_name = "/dev/sda"
    ebs {
      volume_size = 8
      encrypted   = true
    }
  }
  block_device_mappings {
    device_name = "/dev/sdb"
    ebs {
      volume_size = 8
      encrypted   = "true"
    }
  }
}

resource "aws_launch_template" "instance_store" {
  image_id = "ami-0abc"
  block_device_mappings {
    device_name  = "/dev/sdb"
    virtual_name = "ephemeral0"
  }
}
