resource "aws_efs_file_system" "left_out" {
  performance_mode = "generalPurpose"
}

resource "aws_efs_file_system" "off" {
  encrypted = false
}
