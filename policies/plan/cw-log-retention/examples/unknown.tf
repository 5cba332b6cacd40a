resource "terraform_data" "chosen" {
  input = 30
}

resource "aws_cloudwatch_log_group" "open" {
  name              = "open"
  retention_in_days = terraform_data.chosen.output
}
