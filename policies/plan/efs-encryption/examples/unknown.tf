resource "terraform_data" "chosen" {
  input = true
}

resource "aws_efs_file_system" "open" {
  encrypted = terraform_data.chosen.output
}
