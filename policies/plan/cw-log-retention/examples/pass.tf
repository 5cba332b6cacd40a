resource "aws_cloudwatch_log_group" "left_out" {
  name              = "left_out"
  retention_in_days = 30
}

resource "aws_cloudwatch_log_group" "ever" {
  name              = "ever"
  retention_in_days = 1
}
