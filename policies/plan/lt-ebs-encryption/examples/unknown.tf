resource "terraform_data" "chosen" {
  input = true
}

resource "aws_launch_template" "open" {
  image_id = "ami-0abc"
  block_device_mappings {
    device_name = "/dev/sda"
    ebs {
      volume_size = 8
      encrypted   = terraform_data.chosen.output
    }
  }
}

resource "aws_launch_template" "dynamic" {
  image_id = "ami-0abc"
  dynamic "block_device_mappings" {
    for_each = terraform_data.chosen.output == true ? toset(["a"]) : toset([])
    content {
      device_name = "/dev/sda"
      ebs {
        encrypted = false
      }
    }
  }
}
