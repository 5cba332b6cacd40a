resource "aws_cloudwatch_log_group" "left_out" {
  name = "left_out"
}

resource "aws_cloudwatch_log_group" "ever" {
  name              = "ever"
  retention_in_days = 0
}
