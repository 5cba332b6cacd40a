resource "aws_efs_file_system" "left_out" {
  encrypted = true
}
